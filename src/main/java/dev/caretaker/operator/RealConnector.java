package dev.caretaker.operator;

import dev.caretaker.adapter.elasticsearch.Credentials;
import dev.caretaker.adapter.elasticsearch.ElasticsearchAdapter;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.mapping.EsAccess;
import java.util.Optional;

/** Opens the ways to real clusters. */
public final class RealConnector implements Connector {
  private static final HostConnector.Way NO_HOSTS =
      HostConnector.Way.blocked("spec.hosts.access is not set");

  @Override
  public Ports open(EsAccess access, String zoneAttribute, Secrets secrets) {
    var hosts = access.hosts().map(way -> HostConnector.open(way, secrets)).orElse(NO_HOSTS);
    var missing = secrets.missing(access.engineSecrets());
    if (missing.isPresent()) {
      return new Ports(new Unreachable(missing.get()), hosts.port(), hosts.closing());
    }
    try {
      var engine = new ElasticsearchAdapter(connection(access, zoneAttribute, secrets));
      return new Ports(
          engine,
          hosts.port(),
          () -> {
            engine.close();
            hosts.closing().run();
          });
    } catch (IllegalArgumentException unusable) {
      var cause = String.valueOf(unusable.getMessage());
      return new Ports(new Unreachable(cause), hosts.port(), hosts.closing());
    }
  }

  /**
   * How the engine is reached.
   *
   * @throws IllegalArgumentException where a Secret lacks a key; says which
   */
  public static EsConnection connection(EsAccess access, String zoneAttribute, Secrets secrets) {
    return new EsConnection(
        access.endpoints(),
        access.credentialsSecret().map(name -> credentials(name, secrets)),
        access.caSecret().map(name -> ca(name, secrets)),
        new EsConnection.Probe(access.probeIndex(), access.probeTimeout()),
        zoneAttribute,
        EsConnection.Timeouts.DEFAULT);
  }

  private static Credentials credentials(String name, Secrets secrets) {
    Optional<Credentials> apiKey = secrets.value(name, "apiKey").map(Credentials.ApiKey::new);
    Optional<Credentials> token = secrets.value(name, "token").map(Credentials.Token::new);
    return apiKey.or(() -> token).orElseGet(() -> basic(name, secrets));
  }

  private static Credentials basic(String name, Secrets secrets) {
    var user = secrets.value(name, "username");
    var password = secrets.value(name, "password");
    if (user.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException(
          "the Secret " + name + " needs username and password, or apiKey, or token");
    }
    return new Credentials.Basic(user.orElseThrow(), password.orElseThrow());
  }

  private static String ca(String name, Secrets secrets) {
    return secrets
        .value(name, "ca.crt")
        .orElseThrow(() -> new IllegalArgumentException("the Secret " + name + " needs ca.crt"));
  }
}
