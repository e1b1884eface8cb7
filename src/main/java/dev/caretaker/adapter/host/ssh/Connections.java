package dev.caretaker.adapter.host.ssh;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** One connection to each machine, opened at the first command and used by all that follow. */
final class Connections implements AutoCloseable {
  /** More than any of our questions is answered with on the largest machine. */
  static final int LARGEST_OUTPUT = 256 * 1024;

  /** A dead machine does not say goodbye: two of these without an answer end a connection. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(20);

  private static final int MISSED_HEARTBEATS = 2;

  private final SshSettings.Timeouts timeouts;
  private final SshClient client;
  private final Login login;
  private final Map<Target, Line> lines = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();
  private volatile boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException where the key or the known hosts cannot be used
   */
  Connections(SshSettings settings) {
    this.timeouts = settings.timeouts();
    this.client = SshClient.setUpDefaultClient();
    this.login =
        new Login(
            client,
            KnownHosts.parse(settings.knownHosts()),
            PrivateKeys.read(settings.identity()),
            timeouts);
    // Nothing of the operator's own account: no ~/.ssh, no agent, no password, no dialogue.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    client.setServerKeyVerifier(login);
    client.addSessionListener(login);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MISSED_HEARTBEATS);
    client.start();
  }

  /**
   * Runs a command.
   *
   * @param patience from the moment it is sent
   * @throws PortException where it was never sent: UNREACHABLE or DENIED
   */
  Outcome run(Target target, RemoteCommand command, Duration patience) throws PortException {
    var line = lines.computeIfAbsent(target, Line::new);
    var session = line.session();
    try {
      return run(session, target, command, patience);
    } catch (IOException closedMeanwhile) {
      // Most often sshd has closed an idle connection, or was restarted; nothing was sent on it.
      line.drop(session);
    }
    session = line.session();
    try {
      return run(session, target, command, patience);
    } catch (IOException failed) {
      line.drop(session);
      throw new PortException(
          Kind.UNREACHABLE, target + " lets no command run: " + failed.getMessage(), failed);
    }
  }

  /** How many connections were opened so far. */
  long opened() {
    return opened.get();
  }

  @Override
  public void close() {
    closed = true;
    client.stop();
  }

  /**
   * Runs it on this connection.
   *
   * @throws IOException where it was not sent
   */
  private Outcome run(
      ClientSession session, Target target, RemoteCommand command, Duration patience)
      throws IOException {
    var ended = new CompletableFuture<Boolean>();
    var output = new BoundedOutput(LARGEST_OUTPUT, () -> ended.complete(false));
    var errors = new BoundedOutput(LARGEST_OUTPUT, () -> ended.complete(false));
    ChannelExec channel = session.createExecChannel(command.line());
    try {
      channel.setOut(output);
      channel.setErr(errors);
      channel.addCloseFutureListener(closed -> ended.complete(true));
      channel.open().verify(timeouts.connect());
      channel.getInvertedIn().close();
      return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS)
          ? answer(channel, target, command, output, errors)
          : unanswered(target, command, "writes more than " + LARGEST_OUTPUT + " bytes");
    } catch (TimeoutException late) {
      return unanswered(target, command, "has not ended after " + patience.toMillis() + " ms");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return unanswered(target, command, "was given up: shutting down");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nobody completes it with an exception", impossible);
    } finally {
      channel.close(true);
    }
  }

  private static Outcome answer(
      ChannelExec channel,
      Target target,
      RemoteCommand command,
      BoundedOutput output,
      BoundedOutput errors) {
    var status = channel.getExitStatus();
    if (status != null) {
      return new Outcome.Answered(new Answer(status, output.text(), errors.text()));
    }
    var signal = channel.getExitSignal();
    return unanswered(
        target,
        command,
        signal == null ? "was cut off: the connection broke" : "was ended by SIG" + signal);
  }

  private static Outcome unanswered(Target target, RemoteCommand command, String what) {
    return new Outcome.Unanswered("on " + target + ", " + command.line() + " " + what);
  }

  /** The connection to one machine. Only one thread at a time opens it; the others wait. */
  private final class Line {
    private final Target target;
    private volatile Optional<ClientSession> session = Optional.empty();

    Line(Target target) {
      this.target = target;
    }

    synchronized ClientSession session() throws PortException {
      if (session.isEmpty() || !session.get().isOpen()) {
        var through =
            target.via().isPresent()
                ? Optional.of(lines.computeIfAbsent(target.via().get(), Line::new).session())
                : Optional.<ClientSession>empty();
        if (closed) {
          throw new PortException(Kind.UNREACHABLE, "shutting down: " + target + " is left alone");
        }
        session = Optional.of(login.open(target, through));
        opened.incrementAndGet();
      }
      return session.get();
    }

    synchronized void drop(ClientSession broken) {
      broken.close(true);
      if (session.filter(broken::equals).isPresent()) {
        session = Optional.empty();
      }
    }
  }
}
