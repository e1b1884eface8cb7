package dev.caretaker.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {

  private final Path directory;

  DirectoryTreeTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void shouldUnpackWithoutTheTopFolderAndMakeProgramsExecutable() throws Exception {
    Path archive = archive("engine-1/bin/engine", "engine-1/config/engine.yml");
    Path target = directory.resolve("unpacked");

    DirectoryTree.unpack(archive, target);

    assertThat(target.resolve("bin/engine")).isExecutable().hasContent("content");
    assertThat(target.resolve("config/engine.yml")).isRegularFile();
    assertThat(Files.isExecutable(target.resolve("config/engine.yml"))).isFalse();
  }

  @Test
  void neverWritesOutsideOfTheTarget() throws Exception {
    Path archive = archive("engine-1/../../escaped");

    assertThatThrownBy(() -> DirectoryTree.unpack(archive, directory.resolve("a/b")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("escaped");
    assertThat(directory.resolve("a/escaped")).doesNotExist();
  }

  @Test
  void shouldRemoveALinkAndNotWhatItPointsTo() throws Exception {
    Path kept = Files.createDirectory(directory.resolve("kept"));
    Files.writeString(kept.resolve("file"), "content");
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), kept);

    DirectoryTree.remove(tree);

    assertThat(tree).doesNotExist();
    assertThat(kept.resolve("file")).exists();
  }

  private Path archive(String... entries) throws IOException {
    Path archive = directory.resolve("engine.zip");
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write("content".getBytes(StandardCharsets.UTF_8));
      }
    }
    return archive;
  }
}
