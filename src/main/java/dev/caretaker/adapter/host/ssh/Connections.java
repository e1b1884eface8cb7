package dev.caretaker.adapter.host.ssh;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** One connection to each machine, opened at the first command and used by all that follow. */
final class Connections implements AutoCloseable {
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
    this(settings.identity(), settings.knownHosts(), settings.timeouts());
  }

  /** The same without a word about what is asked there. */
  Connections(SshSettings.Identity identity, String knownHosts, SshSettings.Timeouts timeouts) {
    this.timeouts = timeouts;
    this.client = SshClient.setUpDefaultClient();
    this.login =
        new Login(client, KnownHosts.parse(knownHosts), PrivateKeys.read(identity), timeouts);
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
   * Runs a command, at most once.
   *
   * @param patience until it may run, and again from the moment it is sent
   * @throws PortException where it was never sent: UNREACHABLE or DENIED
   */
  Outcome run(Target target, RemoteCommand command, Duration patience) throws PortException {
    var line = line(target);
    line.awaitTurn(patience);
    try {
      var first = attempt(line, target, command, patience);
      // Most often sshd has closed an idle connection, was restarted, or still counts commands
      // that were given up.
      var outcome = first.isPresent() ? first : attempt(line, target, command, patience);
      return outcome.orElseThrow(
          () ->
              new PortException(
                  Kind.UNREACHABLE,
                  target
                      + " closes every connection or lets no command run: look into sshd's log"));
    } finally {
      line.endTurn();
    }
  }

  private Line line(Target target) {
    return lines.computeIfAbsent(target, each -> new Line(each, this::open));
  }

  private ClientSession open(Target target) throws PortException {
    var through =
        target.via().isPresent()
            ? Optional.of(line(target.via().get()).session())
            : Optional.<ClientSession>empty();
    if (closed) {
      throw new PortException(Kind.UNREACHABLE, "shutting down: " + target + " is left alone");
    }
    var session = login.open(target, through);
    opened.incrementAndGet();
    return session;
  }

  /** Empty where the command was not sent: the connection had ended, or sshd let none begin. */
  private Optional<Outcome> attempt(
      Line line, Target target, RemoteCommand command, Duration patience) throws PortException {
    var session = line.session();
    try {
      var channel = channel(session, command);
      var running = new Running(channel, target, command);
      return Optional.of(running.outcome(timeouts.connect(), patience));
    } catch (IOException failed) {
      if (failed.getCause() instanceof SshChannelOpenException) {
        line.retire(session);
        return Optional.empty();
      }
      boolean ended = !session.isOpen();
      line.drop(session);
      if (ended) {
        return Optional.empty();
      }
      // It may yet have been sent at the last moment.
      return Optional.of(
          new Outcome.Unanswered(
              "on " + target + ", " + command.line() + " did not begin: " + failed.getMessage()));
    }
  }

  private static ChannelExec channel(ClientSession session, RemoteCommand command)
      throws IOException {
    try {
      return session.createExecChannel(command.line());
    } catch (IllegalStateException closing) {
      throw new IOException("the connection is just being closed", closing);
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
}
