package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.elastic.guard.Asking.subjects;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.ShardCopy.State;
import org.junit.jupiter.api.Test;

class NothingIsMovingTest {
  private final NothingIsMoving guard = new NothingIsMoving();

  @Test
  void shouldAcceptACalmCluster() {
    assertThat(ask(guard, aPolicy(), aCluster().pendingTasks(20), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseWhileACopyIsBuilt() {
    var cluster = aCluster().copy("logs", 0, State.INITIALIZING, "spot3", "", "");

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).containsExactly("logs[0]");
  }

  @Test
  void shouldRefuseWhileACopyMoves() {
    var cluster = aCluster().copy("logs", 0, State.RELOCATING, "spot3", "spot2", "");

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).containsExactly("logs[0]");
  }

  @Test
  void shouldRefuseWhileTheMasterIsBehind() {
    assertThat(sentence(ask(guard, aPolicy(), aCluster().pendingTasks(21), "spot1")))
        .isEqualTo("the master has 21 pending tasks");
  }

  @Test
  void shouldAcceptWhatIsMerelyUnassigned() {
    var cluster = aCluster().copy("logs", 0, State.UNASSIGNED, "", "", "NODE_LEFT");

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isEmpty();
  }
}
