package dev.caretaker.sandbox.watch;

import static dev.caretaker.sandbox.watch.Looks.SHARD;
import static dev.caretaker.sandbox.watch.Looks.after;
import static dev.caretaker.sandbox.watch.Looks.primary;
import static dev.caretaker.sandbox.watch.Looks.replica;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RednessTest {

  private final Redness redness = new Redness();

  @Test
  void shouldCallAPrimaryThatStoppedServingRedAtOnce() {
    redness.accept(after(0, primary("STARTED", "spot1")));
    redness.accept(after(300, primary("UNASSIGNED", "")));

    assertThat(redness.red()).containsExactly(SHARD);
    assertThat(redness.newbornRed()).isEmpty();
  }

  @Test
  void neverCallsANewShardRedInItsFirstMoment() {
    redness.accept(after(0, primary("UNASSIGNED", "")));
    redness.accept(after(9_500, primary("INITIALIZING", "spot1")));
    redness.accept(after(10_500, primary("STARTED", "spot1")));

    assertThat(redness.red()).isEmpty();
    assertThat(redness.newbornRed()).isEmpty();
  }

  @Test
  void shouldCountANewShardThatDoesNotStart() {
    redness.accept(after(0, primary("UNASSIGNED", "")));
    redness.accept(after(10_100, primary("UNASSIGNED", "")));

    assertThat(redness.newbornRed()).containsOnlyKeys(SHARD);
    assertThat(redness.red()).isEmpty();
  }

  @Test
  void shouldGiveASlowNodeTimeToOpenANewShardButNotForEver() {
    redness.accept(after(0, primary("UNASSIGNED", "")));
    redness.accept(after(29_000, primary("INITIALIZING", "spot1")));
    assertThat(redness.newbornRed()).isEmpty();

    redness.accept(after(30_100, primary("INITIALIZING", "spot1")));
    assertThat(redness.newbornRed()).containsOnlyKeys(SHARD);
  }

  @Test
  void shouldCountApartWhatTheScenarioKilledItself() {
    redness.accept(after(0, primary("STARTED", "spot1"), replica("UNASSIGNED", "")));
    redness.aboutToKill("spot1");
    redness.accept(after(300, primary("UNASSIGNED", ""), replica("UNASSIGNED", "")));

    assertThat(redness.red()).isEmpty();
    assertThat(redness.redByOwnKill()).containsExactly(SHARD);
  }

  @Test
  void neverExcusesAShardThatHadTwoCopies() {
    redness.accept(after(0, primary("STARTED", "spot1"), replica("STARTED", "spot2")));
    redness.accept(after(300, primary("STARTED", "spot1"), replica("UNASSIGNED", "")));
    redness.aboutToKill("spot1");
    redness.accept(after(600, primary("UNASSIGNED", ""), replica("UNASSIGNED", "")));

    assertThat(redness.red()).containsExactly(SHARD);
  }
}
