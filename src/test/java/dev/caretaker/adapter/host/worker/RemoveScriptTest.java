package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what was named goes, and only what the program cannot need any more. */
class RemoveScriptTest {
  private static final Instant BORN = Instant.parse("2026-11-28T12:00:00Z");

  private Path logs;
  private Bench bench;

  @BeforeEach
  void prepare(@TempDir Path temporary) throws Exception {
    var directory = temporary.toRealPath();
    logs = Files.createDirectories(directory.resolve("my logs"));
    bench = new Bench(directory);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Path file(String name, int hoursAfter) throws IOException {
    var file = Files.writeString(logs.resolve(name), "x");
    Files.setLastModifiedTime(file, FileTime.from(BORN.plusSeconds(hoursAfter * 3600L)));
    return file;
  }

  private void remove(String pattern) throws PortException {
    bench.remove(BORN.getEpochSecond(), logs + "/" + pattern);
  }

  @Test
  void shouldRemoveWhatIsOlderThanTheProgramAndKeepTheNewest() throws Exception {
    var oldest = file("etl.log.3", -3);
    var older = file("etl.log 2", -2);
    var newer = file("etl.log.1", 1);
    var other = file("other.log.1", -9);

    remove("etl.log*");

    assertThat(oldest).doesNotExist();
    assertThat(older).doesNotExist();
    assertThat(newer).exists();
    assertThat(other).exists();
  }

  @Test
  void shouldKeepTheNewestEvenWhereAllAreOld() throws Exception {
    var older = file("a.hprof", -3);
    var newest = file("b.hprof", -2);

    remove("*.hprof");

    assertThat(older).doesNotExist();
    assertThat(newest).exists();
  }

  @Test
  void neverFollowsALinkNorTakesAFolder() throws Exception {
    file("z.log", 5);
    var precious = file("precious", -9);
    Files.createSymbolicLink(logs.resolve("link.log"), precious);
    Files.createDirectories(logs.resolve("folder.log/inner"));
    Files.createSymbolicLink(logs.resolveSibling("elsewhere"), logs);
    file("a.log", -9);

    remove("*.log");
    assertThat(precious).exists();
    assertThat(logs.resolve("link.log")).exists();
    assertThat(logs.resolve("folder.log/inner")).exists();
    assertThat(logs.resolve("a.log")).doesNotExist();

    file("a.log", -9);
    assertThatThrownBy(
            () -> bench.remove(BORN.getEpochSecond(), logs.resolveSibling("elsewhere") + "/*.log"))
        .hasMessageContaining("leads somewhere else");
    assertThat(logs.resolve("a.log")).exists();
  }

  @Test
  void shouldRefuseWhereNobodyKnowsWhenTheProgramStarted() throws Exception {
    file("a.log", -2);
    file("b.log", -1);

    assertThatThrownBy(() -> bench.remove(0, logs + "/*.log"))
        .hasMessageContaining("nobody knows when");
    assertThat(logs.resolve("a.log")).exists();
  }

  @Test
  void shouldRefuseWhatCouldMeanMore() throws Exception {
    file("a.log", -2);
    file("b.log", -1);

    for (var path :
        new String[] {
          "*.log",
          "/*",
          "/*.log",
          "/var/*/x.log",
          logs + "/*",
          logs + "/..",
          logs + "/",
          logs + "/?",
          logs + "/../my logs/*.log",
          logs + "/.*x",
          "/a\nb/c"
        }) {
      assertThatThrownBy(() -> bench.remove(BORN.getEpochSecond(), path))
          .as(path)
          .isInstanceOf(PortException.class);
    }
    assertThat(logs.resolve("a.log")).exists();
  }

  @Test
  void shouldReadNoShellIntoAPattern() throws Exception {
    var odd = file("$(touch gone);x.log", -2);
    file("z.log", 1);

    remove("$(touch gone);*.log");
    assertThat(odd).as("the only one, and so the newest").exists();
    file("$(touch gone);y.log", -1);
    remove("$(touch gone);*.log");

    assertThat(odd).doesNotExist();
    assertThat(logs.resolve("gone")).doesNotExist();
  }

  @Test
  void shouldNotMindAFolderThatIsNotThere() throws Exception {
    bench.remove(BORN.getEpochSecond(), logs + "/nosuch/*.log", logs + "/none*.log");

    assertThat(logs).isDirectory();
  }
}
