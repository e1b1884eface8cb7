package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotPausedTest {
  @Test
  void shouldAcceptWhileNobodyHasPaused() {
    assertThat(ask(new NotPaused(), aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseWhilePaused() {
    assertThat(ask(new NotPaused(), aPolicy().paused(), aCluster(), "spot1"))
        .contains(
            new Refusal(
                "NotPaused",
                "spec.paused is true: nothing disruptive is done, restoring goes on",
                List.of(),
                "set spec.paused to false"));
  }
}
