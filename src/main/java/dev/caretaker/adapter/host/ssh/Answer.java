package dev.caretaker.adapter.host.ssh;

/**
 * What a command that ended has said.
 *
 * @param status its exit status
 * @param output its standard output
 * @param errors its standard error
 */
record Answer(int status, String output, String errors) {
  private static final int LONGEST = 300;

  boolean ok() {
    return status == 0;
  }

  /** Both streams: supervisorctl writes its complaints to the one, sudo to the other. */
  String all() {
    return (output.strip() + "\n" + errors.strip()).strip();
  }

  /** The last of it in one line, for people: a Python traceback ends with what matters. */
  String brief() {
    var line = all().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "exit status " + status + " and not a word";
    }
    return line.length() > LONGEST ? "... " + line.substring(line.length() - LONGEST) : line;
  }
}
