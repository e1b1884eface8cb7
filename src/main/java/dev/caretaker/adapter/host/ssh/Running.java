package dev.caretaker.adapter.host.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelExec;

/** One command on its way: what it writes is kept within bounds, and it is not waited for long. */
final class Running {
  /** More than any of our questions is answered with on the largest machine. */
  static final int LARGEST_OUTPUT = 256 * 1024;

  private final ChannelExec channel;
  private final Target target;
  private final RemoteCommand command;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final BoundedOutput output;
  private final BoundedOutput errors;

  /** For a channel that is not open yet. */
  Running(ChannelExec channel, Target target, RemoteCommand command) {
    this.channel = channel;
    this.target = target;
    this.command = command;
    this.output = new BoundedOutput(LARGEST_OUTPUT, () -> ended.complete(false));
    this.errors = new BoundedOutput(LARGEST_OUTPUT, () -> ended.complete(false));
    channel.setOut(output);
    channel.setErr(errors);
    channel.addCloseFutureListener(closed -> ended.complete(true));
  }

  /** Sends it and closes the channel, whatever becomes of it. */
  Outcome outcome(Duration open, Duration patience) throws IOException {
    try {
      channel.open().verify(open);
      return outcome(patience);
    } finally {
      channel.close(true);
    }
  }

  private Outcome outcome(Duration patience) {
    try {
      try (var input = channel.getInvertedIn()) {
        // A command that reads nothing may have ended already, and then nobody takes even nothing.
        if (!command.input().isEmpty()) {
          input.write(command.input().getBytes(UTF_8));
        }
      }
      return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS)
          ? answer()
          : unanswered("writes more than " + LARGEST_OUTPUT + " bytes");
    } catch (IOException broken) {
      return unanswered("was cut off: " + broken.getMessage());
    } catch (TimeoutException late) {
      return unanswered("has not ended after " + patience.toMillis() + " ms");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return unanswered("was given up: shutting down");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nobody completes it with an exception", impossible);
    }
  }

  private Outcome answer() {
    var status = channel.getExitStatus();
    if (status != null) {
      return new Outcome.Answered(new Answer(status, output.text(), errors.text()));
    }
    var signal = channel.getExitSignal();
    return unanswered(
        signal == null ? "was cut off: the connection broke" : "was ended by SIG" + signal);
  }

  private Outcome unanswered(String what) {
    return new Outcome.Unanswered("on " + target + ", " + command.line() + " " + what);
  }
}
