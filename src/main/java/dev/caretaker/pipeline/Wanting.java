package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.demand.Demanding;
import dev.caretaker.pipeline.demand.Flow;
import dev.caretaker.pipeline.demand.FlowSeen;
import dev.caretaker.pipeline.demand.PipelineDemand;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.QueueView;
import java.util.Optional;

/** What the fleet is asked for: what the queue needs, unless something outranks that. */
final class Wanting {
  /** The least there is: a fleet gives one machine for it, whatever that is worth. */
  private static final Utility ONE_MACHINE = new Utility(1);

  private final Situation situation;

  Wanting(Situation situation) {
    this.situation = situation;
  }

  /** How the queue flows. */
  Flow flow(Remembering remembering) {
    var policy = situation.policy();
    var view = situation.view();
    var crew = situation.crew();
    var retention =
        view.queue()
            .ifKnown()
            .flatMap(each -> each)
            .map(each -> each.attributes().retention())
            .orElse(policy.queue().attributes().retention());
    var flow =
        Demanding.of(
            policy.demand(),
            remembering.flow,
            new FlowSeen(
                view.queue(),
                view.traffic(),
                retention,
                crew.utility(each -> each.is(Standing.WORKING)),
                crew.utility(each -> true),
                view.fleet().ifKnown().map(FleetView::pending).orElse(Utility.ZERO),
                isServing()),
            situation.now());
    remembering.flow = flow.memory();
    return flow;
  }

  private boolean isServing() {
    return situation.policy().tables().isEmpty()
        || situation
            .view()
            .cluster()
            .ifKnown()
            .filter(each -> each.serving() && !each.recovering())
            .isPresent();
  }

  /** Empty where this resource has no say. */
  Optional<PipelineDemand> demand(Flow flow, Stage stage) {
    if (!situation.view().otherOwners().isEmpty() || situation.policy().deleting()) {
      return Optional.empty();
    }
    var hold = CrewCare.hold(situation);
    if (hold.isPresent()) {
      return Optional.of(new PipelineDemand(Utility.ZERO, hold.get(), flow.demand().expiresAt()));
    }
    return Optional.of(
        switch (stage) {
          case LOOKING -> situation.crew().known() ? atMostPresent(flow, false) : flow.demand();
          case HOLDING, ENSURING, ESTABLISHING -> atMostPresent(flow, false);
          case PLACING, TRIAL -> atMostPresent(flow, true);
          case RELEASING, SETTLED, ENDING -> flow.demand();
        });
  }

  /**
   * Machines that are there or on their way will be needed again; more are of no use before the
   * release. A fleet that cannot be read must not be taken for an empty one.
   */
  private PipelineDemand atMostPresent(Flow flow, boolean trial) {
    var asked = flow.demand();
    var fleet = situation.view().fleet().ifKnown();
    var pending = fleet.map(FleetView::pending).orElse(Utility.ZERO);
    var present = situation.crew().utility(each -> true).plus(pending);
    boolean more = situation.crew().known() && asked.utility().isMoreThan(present);
    var less = more ? present : asked.utility();
    var least = keepsOne(trial, present) ? ONE_MACHINE : Utility.ZERO;
    var because =
        new Reason(
            "Introducing",
            String.format(
                "%s of utility while the pipeline is introduced%s; then: %s",
                less.or(least), trial ? ", for its trial" : "", asked.because().sentence()));
    return new PipelineDemand(less.or(least), because, asked.expiresAt());
  }

  /** The machine of a trial is not given back because one look had to begin again. */
  private boolean keepsOne(boolean trial, Utility present) {
    boolean comes = situation.policy().trial().isPresent() && !present.isZero();
    return (trial || comes) && !situation.policy().demand().max().isZero();
  }

  /** The backlog that is known, for people. */
  Optional<QueueView> queue() {
    return situation.view().queue().ifKnown().flatMap(each -> each);
  }
}
