package dev.caretaker.sandbox.recorder;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a change from a question; what it does not know counts as a change. */
public final class EffectRule {

  private static final Pattern ENGINE_QUESTION =
      Pattern.compile(
          ".*/(_search|_count|_msearch|_mget|_analyze|_validate/query)"
              + "|/_cluster/allocation/explain|/_security/user/_has_privileges");

  /** Leases and events are life signs and talk; the reviews only ask what is allowed. */
  private static final Pattern KUBERNETES_TALK =
      Pattern.compile(
          "/apis/(coordination|events|authorization|authentication)\\.k8s\\.io/.*"
              + "|/api/v1/namespaces/[^/]+/events(/.*)?");

  private EffectRule() {}

  /**
   * Whether a request asks for a change.
   *
   * @param query without the question mark
   * @param body tells a change from a question where both have one path
   */
  public static boolean asksForChange(
      Side side, String method, String path, Optional<String> query, String body) {
    if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
      return false;
    }
    return switch (side) {
      case HOST -> !HostCall.of(path, body).isQuestion();
      case KUBERNETES -> !KUBERNETES_TALK.matcher(path).matches();
      case ENGINE -> !isQuestion(method, path, query.orElse(""));
    };
  }

  private static boolean isQuestion(String method, String path, String query) {
    if (!method.equals("POST")) {
      return false;
    }
    boolean rehearsal =
        path.equals("/_cluster/reroute") && query.matches("(.*&)?dry_run(=true)?(&.*)?");
    return rehearsal || ENGINE_QUESTION.matcher(path).matches();
  }
}
