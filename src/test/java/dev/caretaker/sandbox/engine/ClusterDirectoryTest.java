package dev.caretaker.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterDirectoryTest {

  private final Path path;

  ClusterDirectoryTest(@TempDir Path path) {
    this.path = path;
  }

  @Test
  void neverRemovesWhatTheClusterDidNotMake() throws Exception {
    ClusterDirectory directory = ClusterDirectory.of(path);
    Files.createDirectories(directory.node("spot1"));
    Files.writeString(path.resolve("mine.txt"), "content");

    directory.remove();

    assertThat(path)
        .isDirectoryContaining("glob:**/mine.txt")
        .isDirectoryNotContaining("glob:**/nodes");
  }

  @Test
  void shouldRefuseDataOfAnotherEngineOrShape() throws Exception {
    ClusterDirectory directory = ClusterDirectory.of(path);
    ClusterShape shape = ClusterShape.parse("backup=2,spot=1");
    directory.noteFormed(EngineKind.ES8, shape);

    directory.requireSame(EngineKind.ES8, shape);

    assertThatThrownBy(() -> directory.requireSame(EngineKind.ES7, shape))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("elasticsearch-8.19.21")
        .hasMessageContaining("elasticsearch-7.17.29");
    assertThatThrownBy(() -> directory.requireSame(EngineKind.ES8, ClusterShape.parse("spot=9")))
        .isInstanceOf(IOException.class);
  }
}
