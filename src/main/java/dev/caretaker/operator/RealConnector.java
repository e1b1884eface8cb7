package dev.caretaker.operator;

import dev.caretaker.adapter.elasticsearch.Credentials;
import dev.caretaker.adapter.elasticsearch.ElasticsearchAdapter;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.adapter.host.LocalHosts;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.port.HostPort;
import java.util.Optional;

/** Opens the ways to real clusters. */
final class RealConnector implements Connector {
  private static final Unreachable NO_HOSTS = new Unreachable("spec.hosts.access is not set");

  @Override
  public Ports open(EsAccess access, String zoneAttribute, Secrets secrets) {
    var hosts = access.localKeeper().<HostPort>map(LocalHosts::new).orElse(NO_HOSTS);
    if (!secrets.missing().isEmpty()) {
      var cause =
          "no Secret "
              + secrets.missing()
              + " can be read in the namespace; create it, or let the operator read it";
      return new Ports(new Unreachable(cause), hosts, () -> {});
    }
    var probe = new EsConnection.Probe(access.probeIndex(), access.probeTimeout());
    try {
      var connection =
          new EsConnection(
              access.endpoints(),
              access.credentialsSecret().map(name -> credentials(name, secrets)),
              access.caSecret().map(name -> ca(name, secrets)),
              probe,
              zoneAttribute,
              EsConnection.Timeouts.DEFAULT);
      var engine = new ElasticsearchAdapter(connection);
      return new Ports(engine, hosts, engine::close);
    } catch (IllegalArgumentException unusable) {
      return new Ports(new Unreachable(String.valueOf(unusable.getMessage())), hosts, () -> {});
    }
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
