package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.world.market.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Audits, at the moment it is saved, which recommendations of EC2 are followed. */
final class Replacements {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration STANDS = Duration.ofHours(1);

  private final Auditor auditor;
  private final Market market;
  private final Map<InstanceId, Instant> begun = new HashMap<>();

  Replacements(Auditor auditor, Market market) {
    this.auditor = auditor;
    this.market = market;
  }

  /** The status is lost: what was begun may be begun again, and so may be their rate. */
  void forget() {
    begun.clear();
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
    auditor.log("  replaces " + machine + " by the advice of " + advice.at());
    if (policy.rebalance() == Rebalance.IGNORE) {
      auditor.blame("FollowedAdvice", machine + " is replaced though the spec says Ignore");
    }
    boolean advised =
        market
            .machine(machine)
            .flatMap(each -> each.advisedAt())
            .filter(at -> at.plus(STANDS).plus(Truth.LAG).isAfter(now))
            .isPresent();
    if (!advised) {
      auditor.blame("NotAdvised", machine + " is replaced and EC2 did not recommend it lately");
    }
    if (begun.put(machine, now) != null) {
      auditor.blame("ReplacedTwice", machine + " is replaced once more");
    }
    long lately = begun.values().stream().filter(at -> at.plus(WINDOW).isAfter(now)).count();
    long most = Math.max(1, fleet(now) / 10);
    if (lately > most) {
      auditor.blame("ReplacedTooFast", lately + " within ten minutes, of " + fleet(now));
    }
  }

  /** What is there, or was a moment ago. */
  private long fleet(Instant now) {
    return market.machines().stream()
        .filter(each -> each.fleet().isPresent())
        .filter(each -> each.endedAt().filter(at -> !at.plus(Truth.LAG).isAfter(now)).isEmpty())
        .count();
  }
}
