package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostAnswersTest {
  private static final String BOOT = "0a1b2c3d-1111-2222-3333-444455556666\n";
  private static final String STAT =
      "cpu  1 2 3\nintr 5 6\nctxt 9\nbtime 1790000000\nprocesses 7\n";

  private static String process(int pid, String name, long ticks) {
    return pid
        + " ("
        + name
        + ") S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 "
        + ticks
        + " 20\n";
  }

  private static Observed<ProcessIdentity> identity(int pid, String text) {
    return ProcessIdentity.read(pid, new Answer(0, text, ""));
  }

  @Test
  void shouldNameAProcessByItsStart() {
    var expected =
        new ProcessIdentity("77@250.0a1b2c3d", Instant.ofEpochSecond(1790000002).plusMillis(500));

    assertThat(identity(77, BOOT + process(77, "java", 250) + STAT))
        .isEqualTo(Observed.known(expected));
    assertThat(identity(77, BOOT + process(77, "a) S (b c", 250) + STAT))
        .isEqualTo(Observed.known(expected));
  }

  @Test
  void neverGuessesAProcess() {
    var gone = new Answer(1, BOOT + STAT, "cat: /proc/77/stat: No such file or directory");

    assertThat(ProcessIdentity.read(77, gone)).asString().contains("has just ended");
    assertThat(identity(77, process(77, "java", 250) + STAT)).isInstanceOf(Observed.Unknown.class);
    assertThat(identity(7, BOOT + process(77, "java", 250) + STAT))
        .isInstanceOf(Observed.Unknown.class);
    assertThat(identity(77, "")).isInstanceOf(Observed.Unknown.class);
  }

  @Test
  void shouldReadTheDisk() {
    var header = "Filesystem     1-blocks      Used Available Capacity Mounted on\n";

    assertThat(DiskSpace.read(new Answer(0, header + "/dev/nvme1n1 1000 600 350 64% /data1\n", "")))
        .isEqualTo(Observed.known(new DiskSpace(new Bytes(1000), new Bytes(350))));
    assertThat(DiskSpace.read(new Answer(0, header + "map auto home 10 9 -1 100% /a b\n", "")))
        .isEqualTo(Observed.known(new DiskSpace(new Bytes(10), Bytes.ZERO)));
    assertThat(DiskSpace.read(new Answer(1, "", "df: /x: No such file or directory")))
        .asString()
        .contains("No such file");
    assertThat(DiskSpace.ask("/data1").line()).isEqualTo("df -P -B1 /data1");
  }
}
