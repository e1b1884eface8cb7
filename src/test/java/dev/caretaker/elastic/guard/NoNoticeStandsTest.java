package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.elastic.guard.Asking.subjects;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.HostProcess.State;
import org.junit.jupiter.api.Test;

class NoNoticeStandsTest {
  private final NoNoticeStands guard = new NoNoticeStands();

  @Test
  void shouldAcceptWhereNobodyIsTaken() {
    assertThat(ask(guard, aPolicy(), aCluster().machine("spot2"), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseWhileAMachineOfTheClusterIsTaken() {
    var cluster = aCluster().takes("spot2", NOW.plusSeconds(90));

    var refusal = ask(guard, aPolicy(), cluster, "spot1");

    assertThat(sentence(refusal)).isEqualTo("EC2 takes [spot2] within minutes");
    assertThat(subjects(refusal)).containsExactly("spot2");
    assertThat(refusal).map(NoNoticeStands::passesByItself).contains(true);
  }

  @Test
  void shouldAcceptOnceItHasLeftTheCluster() {
    var cluster = aCluster().takes("spot2", NOW.plusSeconds(10)).leaves("spot2", State.STOPPED);

    assertThat(ask(guard, aPolicy(), cluster, "backup1")).isEmpty();
  }
}
