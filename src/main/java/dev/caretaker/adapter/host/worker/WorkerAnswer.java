package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.worker.Shell.Ended;
import dev.caretaker.adapter.host.worker.Shell.Failed;
import dev.caretaker.adapter.host.worker.Shell.Said;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a script printed: a word and its value on each line, and {@code end}. What a login shell
 * says besides is passed over.
 *
 * @param values by word; the last one counts
 * @param status lines of the supervisor
 * @param output lines of the last job
 */
record WorkerAnswer(Map<String, String> values, List<String> status, List<String> output) {
  private static final int REFUSED = 64;
  private static final int LONGEST = 400;

  /** A job that a machine took with it; as a shell says it of a command that SIGKILL ended. */
  private static final int LOST = 137;

  /**
   * Reads it.
   *
   * @throws PortException REFUSED, DENIED or UNREACHABLE where nothing was done; UNKNOWN_OUTCOME
   *     where the answer is not whole
   */
  static WorkerAnswer of(Said said) throws PortException {
    if (said instanceof Failed failed) {
      throw failed.why();
    }
    var ended = (Ended) said;
    int refused = ("\n" + ended.output()).indexOf("\nrefused ");
    if (ended.status() == REFUSED && refused >= 0) {
      var why = brief(ended.output().substring(refused + "refused ".length()));
      throw why.contains("sudo:")
          ? new PortException(Kind.DENIED, why + "; let sudoers allow it with NOPASSWD")
          : new PortException(Kind.REFUSED, why);
    }
    var answer = new WorkerAnswer(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
    // A carriage return alone ends no line: jobs draw their progress with it.
    for (var line : ended.output().split("\r?\n", -1)) {
      answer.take(line);
    }
    if (ended.status() != 0 || !answer.values.containsKey("end")) {
      throw new PortException(
          Kind.UNKNOWN_OUTCOME,
          "the script ended with %d and without its last word: %s"
              .formatted(ended.status(), brief(ended.output())));
    }
    return answer;
  }

  private void take(String line) {
    var parts = line.split(" ", 2);
    var value = parts.length > 1 ? parts[1] : "";
    switch (parts[0]) {
      case "status" -> status.add(value);
      case "out" -> output.add(value.replaceAll("\\p{Cntrl}", " "));
      default -> values.put(parts[0], value);
    }
  }

  /** The end of it in one line, for people. */
  private static String brief(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "not a word";
    }
    return line.length() > LONGEST ? "..." + line.substring(line.length() - LONGEST) : line;
  }

  Optional<String> text(String word) {
    return Optional.ofNullable(values.get(word)).filter(value -> !value.isBlank());
  }

  Optional<Revision> revision(String word) {
    return text(word).map(Revision::new);
  }

  /** The first number's part of the second, or of their sum. */
  private OptionalDouble part(String word, boolean ofSum) {
    var numbers = text(word).orElse("").split(" ", -1);
    if (numbers.length != 2 || !(numbers[0] + numbers[1]).matches("\\d{1,30}")) {
      return OptionalDouble.empty();
    }
    double one = Double.parseDouble(numbers[0]);
    double whole = Double.parseDouble(numbers[1]) + (ofSum ? one : 0);
    return whole > 0 ? OptionalDouble.of(Math.min(1, one / whole)) : OptionalDouble.empty();
  }

  OptionalDouble cpu() {
    return part("cpu", false);
  }

  OptionalDouble diskUsed() {
    return part("disk", true);
  }

  Optional<JobView> job() {
    var words = text("job").orElse("").split(" ", 2);
    if (words.length != 2) {
      return Optional.empty();
    }
    var said = String.join("\n", output).strip();
    if (words[1].equals("running")) {
      return Optional.of(new JobView(words[0], OptionalInt.empty(), said));
    }
    if (words[1].matches("\\d{1,3}")) {
      var exit = OptionalInt.of(Integer.parseInt(words[1]));
      return Optional.of(new JobView(words[0], exit, said));
    }
    var lost = "it ended without a word: it was killed, or its machine went down";
    return Optional.of(new JobView(words[0], OptionalInt.of(LOST), (said + "\n" + lost).strip()));
  }
}
