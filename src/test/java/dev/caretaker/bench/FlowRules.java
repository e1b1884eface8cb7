package dev.caretaker.bench;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.Demanding;
import dev.caretaker.pipeline.demand.FlowMemory;
import dev.caretaker.pipeline.demand.FlowSeen;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The rule of this project and those that it is compared with. */
final class FlowRules {
  static final Instant BEGIN = Instant.parse("2014-07-01T00:00:00Z");
  private static final double MOST_MACHINES = 400 / FlowCase.MACHINE;

  private FlowRules() {}

  static Instant at(int minute) {
    return BEGIN.plusSeconds(60L * minute);
  }

  /** The rule under test, as the pass asks it. */
  static final class Caretaker implements FlowRule {
    private final List<FlowMemory> memories =
        new ArrayList<>(Collections.nCopies(FlowCase.BOTH.size(), FlowMemory.NONE));
    private final List<Optional<Instant>> expiries =
        new ArrayList<>(Collections.nCopies(FlowCase.BOTH.size(), Optional.empty()));

    @Override
    public String name() {
      return "this project";
    }

    @Override
    public boolean shares() {
      return true;
    }

    @Override
    public double wish(int pipeline, int minute, Look look) {
      var each = FlowCase.BOTH.get(pipeline);
      var queue =
          new QueueView(
              new QueueAttributes(each.retention(), Duration.ofMinutes(30), Optional.empty()),
              look.visible(),
              look.inFlight(),
              0,
              look.oldest(),
              Optional.empty());
      var seen =
          new FlowSeen(
              Observed.known(Optional.of(queue)),
              Observed.known(new QueueTraffic(look.counts())),
              each.retention(),
              Utility.of(look.working()),
              Utility.of(look.present()),
              Utility.of(look.pending()),
              true);
      var flow = Demanding.of(each.policy(), memories.get(pipeline), seen, at(minute));
      memories.set(pipeline, flow.memory());
      expiries.set(pipeline, flow.expiresAt());
      return flow.demand().utility().amount();
    }

    @Override
    public Optional<Instant> expiresAt(int pipeline) {
      return expiries.get(pipeline);
    }
  }

  /**
   * KEDA's scaler for SQS, and the HPA behind it: ceil((visible + in flight) / queueLength), a
   * tolerance of a tenth, at most doubled in a step of scale-up, and scaled down to the largest of
   * the last five minutes. queueLength is what a machine does in half of the time for a message.
   */
  static final class Keda implements FlowRule {
    private static final int STABILIZATION = 5;
    private final List<Deque<Double>> recommended = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final double part;

    Keda(double part) {
      this.part = part;
    }

    @Override
    public String name() {
      return "KEDA, queueLength for " + Math.round(100 * part) + " % of the time";
    }

    @Override
    public boolean shares() {
      return false;
    }

    @Override
    public double wish(int pipeline, int minute, Look look) {
      double target = part * perMachine(pipeline);
      double now = look.machines();
      double ratio = look.backlog() / target / Math.max(1, now);
      double desired = Math.abs(ratio - 1) <= 0.1 ? now : Math.ceil(look.backlog() / target);
      var recent = recommended.get(pipeline);
      recent.addLast(desired);
      if (recent.size() > STABILIZATION) {
        recent.removeFirst();
      }
      double highest = Collections.max(recent);
      double next = desired < now ? Math.min(now, highest) : Math.min(desired, grown(now));
      return FlowCase.MACHINE * Math.min(MOST_MACHINES, next);
    }

    /** The HPA's own limit: 100 % or 4 in 15 seconds, so four such steps in a minute. */
    private static double grown(double now) {
      return Math.max(16 * now, now + 16);
    }
  }

  /**
   * Backlog per instance, as AWS documents it for SQS and Auto Scaling: the target is the
   * acceptable delay by the time for a message. Out after three minutes above, in after fifteen
   * minutes below nine tenths of it; an instance counts once its warm-up is over.
   */
  static final class TargetTracking implements FlowRule {
    private static final int OUT_AFTER = 3;
    private static final int IN_AFTER = 15;
    private final int[] above = new int[2];
    private final int[] below = new int[2];

    @Override
    public String name() {
      return "backlog per instance";
    }

    @Override
    public boolean shares() {
      return false;
    }

    @Override
    public double wish(int pipeline, int minute, Look look) {
      double running = Math.max(1, look.present() / FlowCase.MACHINE);
      double ratio = look.visible() / running / perMachine(pipeline);
      above[pipeline] = ratio > 1 ? above[pipeline] + 1 : 0;
      below[pipeline] = ratio < 0.9 ? below[pipeline] + 1 : 0;
      double next = Math.max(1, look.machines());
      if (above[pipeline] >= OUT_AFTER) {
        next = Math.max(next, Math.ceil(running * ratio));
      } else if (below[pipeline] >= IN_AFTER) {
        next = Math.min(next, Math.max(1, Math.ceil(running * ratio)));
        below[pipeline] = 0;
      }
      return FlowCase.MACHINE * Math.min(MOST_MACHINES, next);
    }
  }

  /**
   * The predecessor's: a twentieth of what is visible, at least 100 but from 4 to 11 h UTC (here
   * divided between both), at most 30 more in a run of ten minutes; the excess is halved each run.
   */
  static final class Replaced implements FlowRule {
    private static final double[] PART = {2 / 3.0, 1 / 3.0};
    private final double[] wished = new double[2];

    @Override
    public String name() {
      return "the replaced rule";
    }

    @Override
    public boolean shares() {
      return false;
    }

    @Override
    public double wish(int pipeline, int minute, Look look) {
      if (minute % 10 != 0) {
        return wished[pipeline];
      }
      int hour = minute / 60 % 24;
      double minimum = hour >= 4 && hour <= 11 ? 0 : 100 * PART[pipeline];
      double current = look.machines() * FlowCase.MACHINE;
      double pending = look.visible();
      double next;
      if (current < pending / 20) {
        next = Math.max(minimum, Math.ceil(pending / 20));
      } else {
        double target = Math.max(minimum, Math.min(current, 2 * pending));
        next = target + Math.max(0, current - target) / 2;
      }
      wished[pipeline] = Math.min(next, current + 30);
      return wished[pipeline];
    }
  }

  /** Messages that a machine finishes within the time for a message. */
  private static double perMachine(int pipeline) {
    return FlowCase.PER_UTILITY_HOUR
        * FlowCase.MACHINE
        * FlowCase.BOTH.get(pipeline).policy().drainWithin().toMinutes()
        / 60;
  }
}
