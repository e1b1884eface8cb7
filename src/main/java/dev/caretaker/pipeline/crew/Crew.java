package dev.caretaker.pipeline.crew;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All machines of the fleet.
 *
 * @param known whether the fleet could be read; else there may be machines that nobody sees
 */
public record Crew(List<Worker> all, boolean known) {
  public Crew {
    all = List.copyOf(all);
  }

  /**
   * The crew as one look saw it.
   *
   * @param restarted for which code a machine's program was restarted, where it could not be told
   *     which code ran
   */
  public static Crew of(
      PipelinePolicy policy, PipelineView view, Map<WorkerId, Revision> restarted) {
    var hosts = view.fleet().ifKnown().map(FleetView::hosts).orElse(List.of());
    var workers =
        hosts.stream()
            .map(
                host ->
                    Worker.of(
                        host,
                        view.workers().getOrDefault(host.id(), Observed.unknown("nobody asked it")),
                        policy.code(),
                        Optional.ofNullable(restarted.get(host.id()))))
            .toList();
    return new Crew(workers, view.fleet().ifKnown().isPresent());
  }

  public Optional<Worker> find(WorkerId id) {
    return all.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** Machines on which this pipeline works. */
  public List<Worker> assigned() {
    return all.stream().filter(each -> each.host().assigned()).toList();
  }

  /** Assigned machines that stand so. */
  public List<Worker> assigned(Standing standing) {
    return assigned().stream().filter(each -> each.is(standing)).toList();
  }

  /** Machines, assigned or not, that fit. */
  public List<Worker> where(Predicate<Worker> fits) {
    return all.stream().filter(fits).toList();
  }

  /** Utility of the assigned machines that fit. */
  public Utility utility(Predicate<Worker> fits) {
    return assigned().stream()
        .filter(fits)
        .map(each -> each.host().utility())
        .reduce(Utility.ZERO, Utility::plus);
  }
}
