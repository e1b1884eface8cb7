package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** Processes of their own that fill their memory until they are told to stop. */
class HeapTest {
  /** Ten times the memory. */
  private static final int BLOCKS = 7_500;

  /** Keeps blocks until the memory is short, forgets them, and looks again. */
  public static final class Filler {
    public static void main(String[] arguments) {
      var kept = new ArrayDeque<byte[]>();
      int most = arguments[0].equals("keeps") ? Integer.MAX_VALUE : 16;
      for (int block = 0; block < BLOCKS && !Heap.isShort(); block++) {
        kept.add(new byte[64 << 10]);
        if (kept.size() > most) {
          kept.remove();
        }
      }
      System.out.print("short=" + Heap.isShort());
      kept.clear();
      System.out.print(" afterwards=" + Heap.isShort());
    }
  }

  private static String run(String how) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-Xmx48m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                how)
            .redirectErrorStream(true);
    // Each JVM prints a line about it, among what it says.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void shouldBeShortBeforeAnErrorEndsTheProcessAndNoLongerOnceItIsFree() throws Exception {
    assertThat(run("keeps")).isEqualTo("short=true afterwards=false");
  }

  @Test
  void neverCallsGarbageShortage() throws Exception {
    assertThat(run("forgets")).isEqualTo("short=false afterwards=false");
  }
}
