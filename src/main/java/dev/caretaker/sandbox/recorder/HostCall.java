package dev.caretaker.sandbox.recorder;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a keeper of processes was asked: our own keeper by its paths, or a supervisord by the
 * XML-RPC of its supervisorctl.
 *
 * @param verb as the one that was asked calls it
 * @param program absent where it is about none, or about all
 */
record HostCall(String verb, Optional<String> program) {
  static final String SUPERVISORD = "/RPC2";

  private static final Pattern KEEPER = Pattern.compile("/programs/([^/]+)/([a-z]+)(\\?.*)?");
  private static final Pattern METHOD = Pattern.compile("<methodName>\\s*([\\w.]+)");
  private static final Pattern QUESTION =
      Pattern.compile("(supervisor\\.(get|read|tail)|system\\.)\\w+");

  /** In supervisord's name of a program the group comes first. */
  private static final Pattern PROGRAM = Pattern.compile("<string>\\s*(?:[^<:]*:)?([^<:]+?)\\s*<");

  static HostCall of(String path, String body) {
    if (path.equals(SUPERVISORD)) {
      return new HostCall(first(METHOD, body).orElse(""), first(PROGRAM, body));
    }
    var keeper = KEEPER.matcher(path);
    return keeper.matches()
        ? new HostCall(keeper.group(2), Optional.of(keeper.group(1)))
        : new HostCall("", Optional.empty());
  }

  private static Optional<String> first(Pattern pattern, String body) {
    var found = pattern.matcher(body);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** What is not known counts as a change. */
  boolean isQuestion() {
    return QUESTION.matcher(verb).matches();
  }

  boolean isStop() {
    return verb.equals("stop") || verb.equals("supervisor.stopProcess");
  }

  boolean isStart() {
    return verb.equals("start") || verb.equals("supervisor.startProcess");
  }
}
