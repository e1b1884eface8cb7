package dev.caretaker.operator;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.Plan;
import dev.caretaker.plan.Speed;
import dev.caretaker.port.EsPort;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes plans, or says why there is none: whatever goes wrong, care goes on without a plan, and the
 * thread that asked for it lives to make others.
 *
 * @param engine tells how fast its recoveries are
 * @param memoryIsShort whether this process has no room for what a plan needs
 */
record PlanMaker(EsDecider decider, EsPort engine, BooleanSupplier memoryIsShort, Clock clock) {
  /** Nobody waits longer for one. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  static final String TOO_LONG = "the plan took more than " + PATIENCE.toMinutes() + " min to make";

  private static final Logger LOG = LoggerFactory.getLogger(PlanMaker.class);

  private static final String TOO_LARGE =
      "no plan: too large for this process's memory; give the operator a larger -Xmx";

  /** Makes a plan on what a pass has read; an interrupted one is unknown. */
  Observed<Plan> plan(EsPolicy policy, EsProgress before, EsView view, ClusterView cluster) {
    var deadline = clock.instant().plus(PATIENCE);
    var tooLarge = new AtomicBoolean();
    try {
      var speed = Speed.of(cluster, engine.recoveries().ifKnown().orElse(List.of()));
      return new Forecast(decider, speed)
          .plan(
              policy.owner(),
              policy,
              view,
              before,
              () -> {
                tooLarge.set(memoryIsShort.getAsBoolean());
                return tooLarge.get()
                    || clock.instant().isAfter(deadline)
                    || Thread.currentThread().isInterrupted();
              })
          .<Observed<Plan>>map(Observed::known)
          .orElseGet(() -> Observed.unknown(tooLarge.get() ? TOO_LARGE : TOO_LONG));
    } catch (OutOfMemoryError full) {
      LOG.error("no plan could be made for {}", policy.owner(), full);
      return Observed.unknown(TOO_LARGE);
    } catch (RuntimeException | Error bug) {
      // An error that ends a plan, such as a stack that is too deep, ends nothing else.
      LOG.error("no plan could be made for {}", policy.owner(), bug);
      return Observed.unknown("no plan could be made (see the operator's log): " + bug);
    }
  }
}
