package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process with everything that it started. Elasticsearch 8 needs this: what we start is a
 * launcher, and the node itself is its child.
 */
public final class ProcessTree {

  private ProcessTree() {}

  /**
   * Kills all of it, the children first: a child that outlives its launcher for a moment would shut
   * down in good order, which is not what a lost machine does.
   *
   * @return the ids of all processes that it had
   */
  public static List<Long> kill(ProcessHandle root) {
    List<ProcessHandle> members = members(root);
    members.forEach(ProcessHandle::destroyForcibly);
    return members.stream().map(ProcessHandle::pid).toList();
  }

  /** Freezes all of it, as SIGSTOP does. */
  public static void pause(ProcessHandle root) throws IOException, InterruptedException {
    signal("-STOP", root);
  }

  /** Lets a paused tree go on. */
  public static void resume(ProcessHandle root) throws IOException, InterruptedException {
    signal("-CONT", root);
  }

  private static List<ProcessHandle> members(ProcessHandle root) {
    return Stream.concat(root.descendants(), Stream.of(root)).toList();
  }

  private static void signal(String signal, ProcessHandle root)
      throws IOException, InterruptedException {
    List<ProcessHandle> members = members(root);
    List<String> command = new ArrayList<>(List.of("kill", signal));
    members.forEach(member -> command.add(Long.toString(member.pid())));
    Process kill =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = kill.waitFor();
    // A member may end between listing and signalling: the others have got their signal.
    if (code != 0 && members.stream().allMatch(ProcessHandle::isAlive)) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }
}
