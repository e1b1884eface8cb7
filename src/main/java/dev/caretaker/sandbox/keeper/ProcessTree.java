package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process with everything that it started. Elasticsearch 8 needs this: what we start is a
 * launcher, and the node itself is its child.
 */
public final class ProcessTree {
  private static final Logger log = LoggerFactory.getLogger(ProcessTree.class);

  private ProcessTree() {}

  /**
   * Kills all of it at one moment: it is frozen first. Otherwise a child that outlives its launcher
   * would shut down in good order, or a launcher end by itself with its child, which is not what a
   * lost machine does.
   *
   * @return the ids of all processes that it had
   */
  public static List<Long> kill(ProcessHandle root) {
    List<ProcessHandle> members = members(root);
    try {
      signal("-STOP", members);
    } catch (IOException e) {
      log.warn("{} is killed without being frozen", root.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    members.forEach(ProcessHandle::destroyForcibly);
    return members.stream().map(ProcessHandle::pid).toList();
  }

  /** Freezes all of it, as SIGSTOP does. */
  public static void pause(ProcessHandle root) throws IOException, InterruptedException {
    signal("-STOP", members(root));
  }

  /** Lets a paused tree go on. */
  public static void resume(ProcessHandle root) throws IOException, InterruptedException {
    signal("-CONT", members(root));
  }

  private static List<ProcessHandle> members(ProcessHandle root) {
    return Stream.concat(root.descendants(), Stream.of(root)).toList();
  }

  private static void signal(String signal, List<ProcessHandle> members)
      throws IOException, InterruptedException {
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
