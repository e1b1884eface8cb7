package dev.caretaker.mapping;

import dev.caretaker.api.EsPlanStatus;
import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Verdict;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds a rollout against what was predicted of it. It is a function of what the status says
 * already, so that an operator that ends in between forgets nothing.
 */
final class RolloutTally {
  private RolloutTally() {}

  /** The rollout of the status after a pass; none where there never was one. */
  static @Nullable EsRolloutStatus next(
      Optional<EsRolloutStatus> last,
      Optional<EsPlanStatus> plan,
      EsDecision decision,
      Instant at) {
    var now = at.truncatedTo(ChronoUnit.SECONDS);
    boolean underWay = decision.progress().rollout().isPresent();
    var wish = decision.progress().bouncedFor().map(Instant::toString).orElse("");
    var known = last.filter(each -> each.endedAt() == null);
    boolean another =
        known.filter(each -> !wish.isEmpty() && !wish.equals(each.restartedAt())).isPresent();
    if (underWay && (known.isEmpty() || another)) {
      known = Optional.of(EsRolloutStatus.begun(wish, now.toString()));
    }
    if (known.isEmpty()) {
      return last.orElse(null);
    }
    var counted =
        timed(another ? known.get() : counted(known.get(), plan, decision), underWay, now);
    boolean over = decision.verdict().kind() == Verdict.Kind.SETTLED || another;
    return over && !underWay ? counted.ended(now.toString()) : counted;
  }

  /** Adds the nodes that are back, with what the plan in force had said of them. */
  private static EsRolloutStatus counted(
      EsRolloutStatus rollout, Optional<EsPlanStatus> plan, EsDecision decision) {
    var names = new TreeSet<>(SpecReading.orEmpty(rollout.nodes()));
    var back = new ArrayList<String>();
    decision.progress().bounced().keySet().stream()
        .map(NodeName::value)
        .filter(names::add)
        .forEach(back::add);
    if (back.isEmpty()) {
      return rollout;
    }
    double predicted = seconds(rollout.predictedSeconds());
    for (var step : plan.map(EsPlanStatus::steps).orElse(List.of())) {
      predicted += share(step, back) * seconds(step.predictedSeconds());
    }
    return rollout.counting(Bounded.list(List.copyOf(names), 200), Math.round(predicted));
  }

  /** The nodes of a set may come back one after the other. */
  private static double share(EsPlanStatus.Step step, List<String> back) {
    var nodes = SpecReading.orEmpty(step.nodes());
    boolean bounce = "bounce".equals(step.kind()) && !nodes.isEmpty();
    return bounce ? (double) nodes.stream().filter(back::contains).count() / nodes.size() : 0;
  }

  private static EsRolloutStatus timed(EsRolloutStatus rollout, boolean underWay, Instant now) {
    var since = rollout.underWaySince();
    if (underWay == (since != null)) {
      return rollout;
    }
    long took = seconds(rollout.tookSeconds());
    return since == null
        ? rollout.timed(now.toString(), took)
        : rollout.timed(null, took + Duration.between(read(since, now), now).toSeconds());
  }

  /** A time that somebody spoilt is no reason to stop. */
  private static Instant read(String time, Instant otherwise) {
    try {
      return Instant.parse(time);
    } catch (DateTimeException odd) {
      return otherwise;
    }
  }

  private static long seconds(@Nullable Long given) {
    return given == null ? 0 : given;
  }
}
