package dev.caretaker.adapter.host.ssh;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a command writes up to a limit, and says when there is more. */
final class BoundedOutput extends OutputStream {
  private final int limit;
  private final Runnable flooded;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /**
   * @param limit in bytes
   * @param flooded called at the first byte beyond it, in the thread that reads from the network
   */
  BoundedOutput(int limit, Runnable flooded) {
    this.limit = limit;
    this.flooded = flooded;
  }

  @Override
  public void write(int letter) {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) {
    int room = Math.min(count, limit - kept.size());
    kept.write(bytes, from, room);
    if (room < count) {
      flooded.run();
    }
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
