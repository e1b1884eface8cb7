package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.world.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Audits, at the moment it is saved, which recommendations are followed. */
final class Replacements {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration STANDS = Duration.ofHours(1);

  private final Auditor auditor;
  private final Market market;
  private final Complaints complaints;
  private final Map<InstanceId, Instant> begun = new HashMap<>();
  private final Set<InstanceId> followed = new HashSet<>();

  Replacements(Auditor auditor, Market market, Complaints complaints) {
    this.auditor = auditor;
    this.market = market;
    this.complaints = complaints;
  }

  /** The status is lost: what was begun may be begun again, and so may be their rate. */
  void forget() {
    begun.clear();
    followed.clear();
  }

  void audit(FleetPolicy policy, FleetProgress before, FleetProgress after) {
    after
        .advised()
        .forEach(
            (machine, advice) -> {
              var earlier = before.advised().get(machine);
              boolean again = earlier != null && earlier.followedAt().equals(advice.followedAt());
              if (advice.followedAt().isPresent() && !again) {
                begins(policy, machine, advice);
              }
            });
  }

  private void begins(FleetPolicy policy, InstanceId machine, Advice advice) {
    var now = market.instant();
    auditor.log("  replaces " + machine + " by the advice of " + advice);
    var before = begun.put(machine, now);
    boolean again = advice.isOfEc2() ? !followed.add(machine) : isRecent(before);
    if (again) {
      auditor.blame("ReplacedTwice", machine + " is replaced once more");
    }
    if (advice.isOfEc2()) {
      advisedByEc2(policy, machine);
    } else if (!complaints.isHeard(machine)) {
      auditor.blame("NotUnfit", machine + " is replaced, and nobody said that it is of no use");
    }
    long lately = begun.values().stream().filter(at -> at.plus(WINDOW).isAfter(now)).count();
    long most = Math.max(1, fleet(now) / 10);
    if (lately > most) {
      auditor.blame("ReplacedTooFast", lately + " within ten minutes, of " + fleet(now));
    }
  }

  /** What a pipeline cannot use is begun again where it came to nothing. */
  private boolean isRecent(@Nullable Instant before) {
    return before != null && before.plus(WINDOW).isAfter(market.instant());
  }

  private void advisedByEc2(FleetPolicy policy, InstanceId machine) {
    if (policy.rebalance() == Rebalance.IGNORE) {
      auditor.blame("FollowedAdvice", machine + " is replaced though the spec says Ignore");
    }
    boolean advised =
        market
            .machine(machine)
            .flatMap(each -> each.advisedAt())
            .filter(at -> at.plus(STANDS).plus(Truth.LAG).isAfter(market.instant()))
            .isPresent();
    if (!advised) {
      auditor.blame("NotAdvised", machine + " is replaced and EC2 did not recommend it lately");
    }
  }

  /** What is there, or was a moment ago. */
  private long fleet(Instant now) {
    return market.machines().stream()
        .filter(each -> each.fleet().isPresent())
        .filter(each -> each.endedAt().filter(at -> !at.plus(Truth.LAG).isAfter(now)).isEmpty())
        .count();
  }

  /** What nobody can use is gone, unless something that outranks money keeps it. */
  void atTheEnd(FleetPolicy policy, boolean sheltered) {
    var truth = new Truth(market, policy);
    double utility = truth.utility(truth.alive());
    for (var machine : truth.alive()) {
      double left = utility - truth.each(machine.pool().type());
      boolean kept = policy.shrink() == Shrink.NEVER || !sheltered || !truth.isTagged(machine);
      if (!kept && left >= policy.floor().amount() && complaints.isOpen(machine.id())) {
        auditor.blame("UnfitLeft", machine.id() + " runs, and no pipeline can use it");
      }
    }
  }
}
