package dev.caretaker.adapter.host.ssh;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.session.ClientSession;

/** The connection to one machine. One thread at a time opens it; who waited shares the result. */
final class Line {
  /**
   * Half of what sshd lets run on one connection (MaxSessions is 10): it reads all that has come
   * before it clears away what ended, and so it may count those that end beside those that begin.
   */
  static final int COMMANDS_AT_ONCE = 5;

  /** Opens a connection anew. */
  interface Opening {
    ClientSession open(Target target) throws PortException;
  }

  private record Failure(long at, PortException why) {}

  private final Target target;
  private final Opening opening;
  private final Semaphore turns = new Semaphore(COMMANDS_AT_ONCE, true);
  private final List<ClientSession> retired = new ArrayList<>();
  private volatile Optional<ClientSession> session = Optional.empty();
  private volatile Optional<Failure> failure = Optional.empty();

  Line(Target target, Opening opening) {
    this.target = target;
    this.opening = opening;
  }

  /**
   * The connection, opened where it is not. A dead machine costs its time-out once, however many
   * wait for it: those that asked before the attempt failed get its failure.
   */
  ClientSession session() throws PortException {
    long asked = System.nanoTime();
    synchronized (this) {
      var standing = session.filter(ClientSession::isOpen);
      if (standing.isPresent()) {
        return standing.get();
      }
      if (failure.filter(last -> last.at() - asked > 0).isPresent()) {
        var why = failure.get().why();
        throw new PortException(why.kind(), String.valueOf(why.getMessage()), why);
      }
      return open();
    }
  }

  private ClientSession open() throws PortException {
    try {
      var opened = opening.open(target);
      session = Optional.of(opened);
      return opened;
    } catch (PortException failed) {
      failure = Optional.of(new Failure(System.nanoTime(), failed));
      throw failed;
    }
  }

  synchronized void drop(ClientSession broken) {
    broken.close(true);
    if (session.filter(broken::equals).isPresent()) {
      session = Optional.empty();
    }
  }

  /**
   * Takes a connection out of use on which sshd lets no more commands begin. Those that run on it
   * go on; it is closed when none runs any more.
   */
  synchronized void retire(ClientSession full) {
    if (session.filter(full::equals).isPresent()) {
      session = Optional.empty();
      retired.add(full);
    }
  }

  /**
   * Waits until a command may run; {@link #endTurn} must follow.
   *
   * @throws PortException where none may for so long
   */
  void awaitTurn(Duration patience) throws PortException {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PortException(
            Kind.UNREACHABLE,
            target + " is busy: " + COMMANDS_AT_ONCE + " commands of ours have not ended there");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new PortException(Kind.UNREACHABLE, target + ": shutting down", stopping);
    }
  }

  /** Ends what {@link #awaitTurn} began. */
  synchronized void endTurn() {
    turns.release();
    if (turns.availablePermits() == COMMANDS_AT_ONCE) {
      retired.forEach(each -> each.close(true));
      retired.clear();
    }
  }
}
