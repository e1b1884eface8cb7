package dev.caretaker.adapter.host.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The text of a shell script: values as quoted assignments first, then files of this package, which
 * never change. Nothing that comes from a spec is ever read as shell, but for a trial's command.
 */
final class Script {
  private final StringBuilder text = new StringBuilder();

  Script with(String name, String value) {
    text.append(name).append('=').append(quoted(value)).append('\n');
    return this;
  }

  /** A word between single quotes. SSM would put a parameter of its own between double braces. */
  static String quoted(String value) {
    return "'" + value.replace("'", "'\\''").replace("{{", "{''{") + "'";
  }

  Script part(String file) {
    try (var stream = Script.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + file);
      }
      text.append(new String(stream.readAllBytes(), UTF_8));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Script line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /** As a file that a job runs. */
  String body() {
    return text.toString();
  }

  /** For a shell that reads it as it runs: it runs whole or not at all, and reads nothing else. */
  String whole() {
    return "{\n" + text + "exit 0\n} </dev/null\n";
  }
}
