package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.policy.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether people find today's data; where they do not, the reason is looked for in the order of the
 * runbook: the cluster recovers, the workers are stopped, no money, errors.
 */
final class Newness {
  private static final String TYPE = "Fresh";

  /** So far ahead a document is dated by a clock that is not quite right. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private final Situation situation;

  Newness(Situation situation) {
    this.situation = situation;
  }

  /** Empty where nobody asked how fresh the data shall be. */
  Optional<Condition> condition() {
    return situation.policy().freshness().map(this::condition);
  }

  private Condition condition(Freshness asked) {
    var read =
        Optional.ofNullable(situation.view().tables().get(asked.alias()))
            .orElse(Observed.unknown("nobody asked"));
    var newest = read.ifKnown().map(TableView::newest).flatMap(Observed::ifKnown);
    if (newest.isEmpty()) {
      return Condition.unknown(
          TYPE, "NotRead", "the newest document of " + asked.alias() + " could not be read");
    }
    if (newest.get().filter(this::isAhead).isPresent()) {
      return Condition.unknown(
          TYPE,
          "FromTheFuture",
          String.format(
              "%s: the newest document is of %s, which is not yet, and hides how old the others"
                  + " are: correct it, and the clock of who wrote it",
              asked.alias(), newest.get().get()));
    }
    if (newest.get().filter(at -> isWithin(at, asked)).isPresent()) {
      return Condition.yes(
          TYPE,
          "Fresh",
          "the newest document of " + asked.alias() + " is of " + newest.get().get());
    }
    var why = why();
    var age =
        newest.get().map(at -> "the newest document is of " + at).orElse("there is no document");
    return Condition.no(
        TYPE,
        why.code(),
        String.format(
            "%s: %s, and shall be no older than %s; %s",
            asked.alias(), age, asked.within(), why.sentence()));
  }

  private boolean isAhead(Instant newest) {
    return newest.isAfter(situation.now().plus(CLOCKS_DIFFER));
  }

  private boolean isWithin(Instant newest, Freshness asked) {
    return !newest.plus(asked.within()).isBefore(situation.now());
  }

  private Reason why() {
    var cluster = situation.view().cluster().ifKnown();
    if (cluster.filter(each -> each.recovering() || !each.serving()).isPresent()) {
      return new Reason(
          "ClusterRecovers", "its cluster recovers or does not serve: look at the EsCluster");
    }
    return CrewCare.hold(situation)
        .or(this::stopped)
        .or(this::money)
        .or(this::errors)
        .orElseGet(this::unknown);
  }

  private Optional<Reason> stopped() {
    var crew = situation.crew();
    return crew.assigned().isEmpty() || !crew.assigned(Standing.WORKING).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "WorkersStopped",
                "none of " + crew.assigned().size() + " machines works: look at CodeCurrent"));
  }

  private Optional<Reason> money() {
    return situation
        .view()
        .fleet()
        .ifKnown()
        .flatMap(FleetView::limit)
        .map(why -> new Reason("FleetLimited", "its fleet gives less than is wanted: " + why))
        .or(
            () ->
                situation.crew().known() && situation.crew().assigned().isEmpty()
                    ? Optional.of(
                        new Reason("NoMachines", "it has no machine: look at its SpotFleet"))
                    : Optional.empty());
  }

  private Optional<Reason> errors() {
    int failed = situation.crew().assigned(Standing.FAILED).size();
    if (failed > 0) {
      return Optional.of(
          new Reason(
              "WorkersFail", failed + " machines have a program that fails: look at its log"));
    }
    long dead =
        situation
            .view()
            .deadLetter()
            .ifKnown()
            .flatMap(each -> each)
            .map(QueueView::backlog)
            .orElse(0L);
    return dead == 0
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "DeadLetters",
                dead + " messages could not be worked on: look at the dead-letter queue"));
  }

  private Reason unknown() {
    boolean nothing =
        situation
            .view()
            .queue()
            .ifKnown()
            .flatMap(each -> each)
            .filter(each -> each.backlog() == 0)
            .isPresent();
    return nothing
        ? new Reason("NothingArrives", "no message waits: look at who fills the queue")
        : new Reason(
            "Unexplained",
            "cluster, workers, fleet and dead letters show nothing: look at a worker's log");
  }
}
