package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.port.PortException;
import java.util.regex.Pattern;

/** Names that mean one index or alias: in a path, some letters would mean many. */
final class TableNames {
  private static final Pattern ONE =
      Pattern.compile("[^-_+.A-Z\\\\/*?\"<>|,#:\\s][^A-Z\\\\/*?\"<>|,#:\\s]{0,199}");

  private TableNames() {}

  /**
   * Refuses what the engines refuse, and with it every wildcard.
   *
   * @throws PortException REFUSED
   */
  static void check(String name) throws PortException {
    if (!ONE.matcher(name).matches()) {
      throw new PortException(
          PortException.Kind.REFUSED,
          "no name of an index or alias: '"
              + name
              + "'; it is in lower case, begins with a letter or digit and has none of"
              + " \\ / * ? \" < > | , # : and spaces");
    }
  }
}
