package dev.caretaker.plan;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedViewTest {
  private static final List<Recovery> RECOVERIES =
      List.of(
          new Recovery(
              new NodeName("spot1"), true, new Bytes(1L << 30), NOW, Duration.ofSeconds(40)));

  @TempDir private Path folder = Path.of("");

  private Path written(String text) throws IOException {
    return Files.writeString(folder.resolve("view.json"), text);
  }

  @Test
  void shouldReadWhatItHasWritten() throws IOException {
    var cluster =
        aCluster()
            .persistent("cluster.routing.allocation.awareness.attributes", "zone")
            .with(aNode("spot4").host(Observed.unknown("no route to host")))
            .leaves("spot3", HostProcess.State.STOPPED)
            .machine("spot1")
            .asksFor("spot3", "r1")
            .takes("spot2", NOW.plusSeconds(120));
    var view = cluster.view(NOW);

    var file = written(RecordedView.of(view, RECOVERIES).orElseThrow().text());

    assertThat(RecordedView.read(file).view()).isEqualTo(view);
    assertThat(RecordedView.read(file).recoveries()).isEqualTo(RECOVERIES);
  }

  @Test
  void shouldHaveNothingOfAClusterThatWasNotRead() {
    assertThat(RecordedView.of(aCluster().unreadable("gone").view(NOW), List.of())).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    var text = RecordedView.of(aCluster().view(NOW), List.of()).orElseThrow().text();
    var other = written(text.replace("\"format\" : 3", "\"format\" : 7"));
    assertThatThrownBy(() -> RecordedView.read(other)).hasMessageContaining("has format 7");

    var cut = written(text.substring(0, 200));
    assertThatThrownBy(() -> RecordedView.read(cut)).hasMessageContaining("is no recorded view");

    var odd = written(text.replace("logs[0]", "logs"));
    assertThatThrownBy(() -> RecordedView.read(odd)).hasMessageContaining("is no recorded view");
  }
}
