package dev.caretaker.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinarySearchTest {

  private final Path home;

  BinarySearchTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void shouldPreferTheConfiguredFolder() throws IOException {
    var configured = programsIn(home.resolve("assets"));
    programsIn(home.resolve(".cache/caretaker/kubernetes/1111"));

    var search = new BinarySearch(Map.of("KUBEBUILDER_ASSETS", configured.toString()), home);

    assertThat(search.find())
        .isEqualTo(
            new BinarySearch.Found(new KubernetesBinaries(configured), "KUBEBUILDER_ASSETS"));
  }

  @Test
  void shouldTakeTheNewestCompleteBuildOfTheCache() throws IOException {
    var cache = home.resolve(".cache/caretaker/kubernetes");
    var old = programsIn(cache.resolve("old"));
    var newer = programsIn(cache.resolve("newer"));
    programsIn(cache.resolve(".building.x"));
    Files.delete(programsIn(cache.resolve("incomplete")).resolve("kubectl"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plusSeconds(1)));

    var found = new BinarySearch(Map.of(), home).find();

    assertThat(found).isEqualTo(new BinarySearch.Found(new KubernetesBinaries(newer), "cache"));
  }

  @Test
  void shouldSayWhatIsMissingAndWhatToDo() {
    var search = new BinarySearch(Map.of("KUBEBUILDER_ASSETS", "/nowhere"), home);

    assertThat(search.find())
        .isInstanceOfSatisfying(
            BinarySearch.Missing.class,
            missing ->
                assertThat(missing.sentence())
                    .contains("KUBEBUILDER_ASSETS=/nowhere does not hold")
                    .contains("no complete build in " + home)
                    .contains(".ci/build-kubernetes"));
  }

  private static Path programsIn(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var name : KubernetesBinaries.PROGRAMS) {
      assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true)).isTrue();
    }
    return folder;
  }
}
