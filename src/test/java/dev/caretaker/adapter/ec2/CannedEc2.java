package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.SdkCredentials;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** EC2 as a server with prepared answers, and the adapter before it, with a clock to set. */
final class CannedEc2 extends Clock implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  static final FleetId FLEET = new FleetId("default", "es", "0b662c6e-3f8f-4c3b-9d39-1f2f3e4d5c6b");
  static final Pool POOL = Pool.of("m5.large", "us-west-2a");
  private static final String ASKED = "POST / Action=";
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CannedServer server = new CannedServer();
  private final Ec2Market market;
  private Instant now = START;

  CannedEc2() {
    SdkCredentials.give();
    market = new Ec2Market(Ec2Clients.open(settings(), PATIENCE), this);
  }

  Ec2Settings settings() {
    return new Ec2Settings("us-west-2", Optional.of(server.url()));
  }

  Ec2Market market() {
    return market;
  }

  /** The content of each answer in turn. */
  void answer(String action, String... contents) {
    var bodies = new String[contents.length];
    for (int i = 0; i < contents.length; i++) {
      bodies[i] = "<" + action + "Response>" + contents[i] + "</" + action + "Response>";
    }
    server.answer(prefix(action), 200, bodies);
  }

  void fail(String action, int status, String code, String message) {
    server.answer(
        prefix(action),
        status,
        "<Response><Errors><Error><Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error></Errors><RequestID>1</RequestID></Response>");
  }

  void say(String action, int status, String body) {
    server.answer(prefix(action), status, body);
  }

  void stall(String action) {
    server.stall(prefix(action));
  }

  private static String prefix(String action) {
    return ASKED + action + "&";
  }

  /** What was asked with this action, readable. */
  List<String> asked(String action) {
    return server.requests().stream()
        .filter(each -> each.startsWith(prefix(action)))
        .map(each -> URLDecoder.decode(each, StandardCharsets.UTF_8))
        .toList();
  }

  /** Everything that was asked, as IAM names it. */
  Set<String> actions() {
    return server.requests().stream()
        .map(each -> each.substring(ASKED.length()))
        .map(each -> "ec2:" + each.substring(0, each.indexOf('&')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Purchase purchase(Optional<UsdPerHour> mostUsd) {
    return new Purchase(
        FLEET,
        7,
        POOL,
        "subnet-0a1b2c3d4e5f60718",
        3,
        Utility.of("2"),
        UsdPerHour.of("0.05"),
        mostUsd,
        new LaunchTemplate("es-spot", "7"),
        START);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public void close() {
    market.close();
    server.close();
  }
}
