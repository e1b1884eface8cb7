package dev.caretaker.adapter.host.ssh;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections: the host key first, then our key, and every failure with what to do. */
final class Login implements ServerKeyVerifier, SessionListener {
  private static final Logger log = LoggerFactory.getLogger(Login.class);
  private static final AttributeKey<Attempt> ATTEMPT = new AttributeKey<>();

  /** Not in the session's own attributes: they are gone as soon as it is closed. */
  private static final class Attempt {
    private final Target target;
    private volatile Optional<String> problem = Optional.empty();

    Attempt(Target target) {
      this.target = target;
    }
  }

  private final SshClient client;
  private final KnownHosts knownHosts;
  private final KeyPair key;
  private final SshSettings.Timeouts timeouts;

  Login(SshClient client, KnownHosts knownHosts, KeyPair key, SshSettings.Timeouts timeouts) {
    this.client = client;
    this.knownHosts = knownHosts;
    this.key = key;
    this.timeouts = timeouts;
  }

  /**
   * Connects and logs in.
   *
   * @param through the connection to the jump host, where there is one
   * @throws PortException UNREACHABLE, or DENIED where one of the two does not trust the other
   */
  ClientSession open(Target target, Optional<ClientSession> through) throws PortException {
    var attempt = new Attempt(target);
    var session = connect(attempt, through);
    try {
      session.addPublicKeyIdentity(key);
      session.auth().verify(timeouts.login());
      return session;
    } catch (IOException failed) {
      var failure = loginFailure(attempt, failed);
      session.close(true);
      throw failure;
    }
  }

  private ClientSession connect(Attempt attempt, Optional<ClientSession> through)
      throws PortException {
    var target = attempt.target;
    var context = AttributeRepository.ofKeyValuePair(ATTEMPT, attempt);
    try {
      return through.isEmpty()
          ? client
              .connect(target.user(), target.address(), target.port(), context, null)
              .verify(timeouts.connect())
              .getSession()
          : connect(target, through.get(), context);
    } catch (IOException | UnresolvedAddressException | IllegalStateException failed) {
      // The last is what a client says that was closed meanwhile.
      throw new PortException(Kind.UNREACHABLE, unreachable(target, failed), failed);
    }
  }

  private ClientSession connect(Target target, ClientSession through, AttributeRepository context)
      throws IOException {
    var loopback = new SshdSocketAddress(InetAddress.getLoopbackAddress().getHostAddress(), 0);
    var tunnel =
        through.createLocalPortForwardingTracker(
            loopback, new SshdSocketAddress(target.address(), target.port()));
    try {
      var near = tunnel.getBoundAddress();
      var session =
          client
              .connect(target.user(), near.getHostName(), near.getPort(), context, null)
              .verify(timeouts.connect())
              .getSession();
      session.addCloseFutureListener(closed -> close(tunnel));
      return session;
    } catch (IOException | RuntimeException failed) {
      close(tunnel);
      throw failed;
    }
  }

  private static void close(Closeable tunnel) {
    try {
      tunnel.close();
    } catch (IOException gone) {
      log.debug("the connection that carried the tunnel has ended with it", gone);
    }
  }

  private String unreachable(Target target, Exception failed) {
    var cause = root(failed);
    if (cause instanceof TimeoutException) {
      return target
          + " does not answer within "
          + timeouts.connect().toSeconds()
          + " s: is the machine up, and may the operator reach that port (security group)?";
    }
    if (cause instanceof ConnectException) {
      return target + " refuses connections: is sshd running there, and on that port?";
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return target + " has no address: spec.hosts.list names a host that DNS does not know";
    }
    if (cause instanceof NoRouteToHostException) {
      return "there is no route to " + target;
    }
    return target + " cannot be reached: " + cause;
  }

  private PortException loginFailure(Attempt attempt, IOException failed) {
    var target = attempt.target;
    var problem = attempt.problem;
    if (problem.isPresent()) {
      return new PortException(Kind.DENIED, problem.get(), failed);
    }
    if (failed instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
      return new PortException(Kind.UNREACHABLE, target + ": shutting down", failed);
    }
    if (root(failed) instanceof TimeoutException) {
      return new PortException(
          Kind.UNREACHABLE,
          "sshd of " + target + " has not let us in within " + timeouts.login().toSeconds() + " s",
          failed);
    }
    if (failed instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
      return new PortException(
          Kind.DENIED,
          target
              + " does not accept the key "
              + PrivateKeys.print(key)
              + ": add its public half to that user's authorized_keys, and look into sshd's log",
          failed);
    }
    return new PortException(
        Kind.UNREACHABLE, "no login to " + target + ": " + failed.getMessage(), failed);
  }

  private static Throwable root(Throwable failure) {
    var cause = failure;
    // Bounded: a chain of causes may be a circle.
    for (int depth = 0; depth < 10 && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey shown) {
    var attempt = attempt(session);
    var problem =
        attempt.isEmpty()
            ? Optional.of("a connection to " + address + " that nobody asked for")
            : knownHosts.problem(attempt.get().target, shown);
    attempt.ifPresent(each -> each.problem = problem);
    return problem.isEmpty();
  }

  /** Asks for a host key of a type that is known, as ssh does, where the machine has several. */
  @Override
  public void sessionEstablished(Session session) {
    if (session instanceof ClientSession outgoing) {
      var known = attempt(outgoing).map(each -> knownHosts.keyTypes(each.target)).orElse(List.of());
      var first = new ArrayList<>(session.getSignatureFactories());
      var names = Set.copyOf(known);
      first.sort(Comparator.comparing(each -> !isFor(each.getName(), names)));
      session.setSignatureFactories(first);
    }
  }

  /** An RSA key signs in three ways, two of which have names of their own. */
  private static boolean isFor(String signature, Set<String> keyTypes) {
    return keyTypes.contains(signature)
        || (signature.startsWith("rsa-sha2-") && keyTypes.contains("ssh-rsa"));
  }

  private static Optional<Attempt> attempt(ClientSession session) {
    return Optional.ofNullable(session.getConnectionContext())
        .map(context -> context.getAttribute(ATTEMPT));
  }
}
