package dev.caretaker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pipelines or a cluster have to say, and do not. */
class UntoldTest extends FleetOfTwoPools {
  private static final Duration LONG = Duration.ofMinutes(11);

  @Test
  void shouldSayWhyNobodyKnowsTheDemand() {
    var policy = ofPipelines(policy("0.10", "100", false));

    var first = decide(policy, known(policy));
    var last = decider.decide(policy, view(), first.progress(), List.of(), LATER.plus(LONG));

    assertThat(first.conditions())
        .filteredOn(each -> each.type().equals("DemandMet"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.truth()).isEqualTo(Condition.Truth.UNKNOWN);
              assertThat(each.reason().sentence()).contains("nobody asks");
            });
    assertBlocked(last, "DemandNotKnown", "nobody asks");
  }

  @Test
  void shouldSayThatTheClusterDoesNotSayWhatIsAtWork() {
    runs("i-1", CHEAP, Optional.empty());
    workload = Observed.unknown("EsCluster main does not name this fleet");
    var policy = policy("0.04", "2", true);

    var first = decide(policy, known(policy));
    var last = decider.decide(policy, view(), first.progress(), List.of(), LATER.plus(LONG));

    assertBlocked(last, "ClusterDoesNotSay", "does not name this fleet");
  }

  private static void assertBlocked(FleetDecision decision, String code, String sentence) {
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(decision.verdict().reason().code()).isEqualTo(code);
    assertThat(decision.verdict().reason().sentence()).contains(sentence);
  }

  private static FleetPolicy ofPipelines(FleetPolicy one) {
    var wish = new Wish(one);
    wish.demand = Optional.empty();
    return wish.policy();
  }
}
