package dev.caretaker.sandbox.recorder;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes a stream of JSON on in ASCII, which says the same: outside of strings JSON has nothing
 * else, and inside of them every character can be escaped.
 *
 * <p>The fabric8 client (7.6.1), where it watches over plain HTTP instead of a web socket, appends
 * zero bytes to what it read when that was not ASCII, and its informer dies of them.
 */
final class AsciiJson {

  private static final int CHARACTERS = 8 * 1024;
  private static final int FIRST_NOT_ASCII = 128;

  private AsciiJson() {}

  static void copy(InputStream from, OutputStream to) throws IOException {
    var reader = new InputStreamReader(from, StandardCharsets.UTF_8);
    char[] text = new char[CHARACTERS];
    for (int read = reader.read(text); read >= 0; read = reader.read(text)) {
      to.write(escaped(text, read).getBytes(StandardCharsets.US_ASCII));
      to.flush();
    }
  }

  private static String escaped(char[] text, int length) {
    var escaped = new StringBuilder(length);
    for (int place = 0; place < length; place++) {
      char each = text[place];
      if (each < FIRST_NOT_ASCII) {
        escaped.append(each);
      } else {
        escaped.append("\\u%04x".formatted((int) each));
      }
    }
    return escaped.toString();
  }
}
