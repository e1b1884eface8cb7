package dev.caretaker.adapter.host.worker;

import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException;
import java.util.regex.Pattern;

/**
 * A program on one machine, with the machine's id in its place.
 *
 * @param program as its supervisor names it
 * @param directory of its code, absolute; empty where it has none
 */
record Place(WorkerId worker, String program, String directory) {
  static final String WORKER = "{worker}";

  /** Names of supervisord; a word that begins with a dash would be an option. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@][A-Za-z0-9_.:@-]*(:\\*)?");

  /**
   * Puts it together.
   *
   * @throws PortException REFUSED where a name could mean something else than it says
   */
  static Place of(Program program, WorkerId worker) throws PortException {
    var name = program.name().replace(WORKER, worker.value());
    if (!NAME.matcher(name).matches()) {
      throw refused("no name of a program or group of supervisord: " + name);
    }
    var directory = program.directory().map(path -> path.replace(WORKER, worker.value()));
    if (directory.isEmpty()) {
      return new Place(worker, name, "");
    }
    return new Place(worker, name, whole(directory.get()));
  }

  /** A path that names one place whatever the shell's own is, without a slash at its end. */
  static String whole(String path) throws PortException {
    var plain = path.replaceAll("/+$", "");
    boolean climbs = (plain + "/").contains("/../") || (plain + "/").contains("/./");
    boolean odd = plain.chars().anyMatch(Character::isISOControl);
    if (!plain.startsWith("/") || climbs || odd) {
      throw refused("no absolute path of a directory below /: " + path);
    }
    return plain;
  }

  /**
   * A file name for what is kept of a program that has no directory. Only on a machine that all
   * workers share it says whose: one script for all can be sent with one call.
   */
  String key(boolean shared) {
    var name = shared ? program + "-" + worker : program;
    return name.replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  static PortException refused(String sentence) {
    return new PortException(PortException.Kind.REFUSED, sentence);
  }
}
