package dev.caretaker.sandbox.market;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.world.market.Market;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A spot market behind EC2's wire protocol, for the actions that Caretaker uses. Its time is a
 * clock's, and passes whenever somebody asks.
 */
public final class MarketServer implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String PURCHASE = "CreateFleet";

  private final Market market;
  private final Clock clock;
  private final Map<InstanceId, Map<String, String>> tags = new HashMap<>();
  private final Ec2Rights rights = new Ec2Rights();
  private final Ec2Reads reads;
  private final MarketBook book = new MarketBook();
  private final Ec2Orders orders;
  private final Ec2DryRuns dryRuns;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(MarketServer::daemon);
  private final AtomicReference<Optional<HeldAnswer>> hold =
      new AtomicReference<>(Optional.empty());

  /** Listens at once, on any free port. */
  public MarketServer(Market market, Clock clock) throws IOException {
    this.market = market;
    this.clock = clock;
    this.reads = new Ec2Reads(market, tags);
    this.orders = new Ec2Orders(market, tags, book);
    this.dryRuns = new Ec2DryRuns(market);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What a process needs in its environment to take this for EC2. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_EC2",
        url().toString(),
        "AWS_ACCESS_KEY_ID",
        "sandbox",
        "AWS_SECRET_ACCESS_KEY",
        "nobody-asks-for-it");
  }

  /** What was sold and given back so far. */
  public MarketBook book() {
    return book;
  }

  /** Carries out the next purchase, and keeps its answer back for good. */
  public HeldAnswer holdNextPurchase() {
    var held = new HeldAnswer();
    hold.set(Optional.of(held));
    return held;
  }

  /** Another team starts a machine with tags of its own. */
  public synchronized InstanceId startedByOthers(Pool pool, Map<String, String> theirTags) {
    pass();
    var machine = market.stranger(pool).id();
    tags.put(machine, theirTags);
    return machine;
  }

  /** The tags of each machine that has some. */
  public synchronized Map<InstanceId, Map<String, String>> tags() {
    return Map.copyOf(tags);
  }

  /** Looks at the market, or changes it, while nobody else does. */
  public synchronized <T> T with(Function<Market, T> what) {
    pass();
    return what.apply(market);
  }

  /** From now on the caller lacks these rights, such as {@code ec2:CreateTags}, and no others. */
  public void deny(String... actions) {
    rights.deny(Set.of(actions));
  }

  /** Nobody may start machines without this tag, as service control policies have it. */
  public void demandTag(String key) {
    rights.demandTag(key);
  }

  /** Ends the answers that are under way, too. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void pass() {
    Instant now = clock.instant();
    if (now.isAfter(market.instant())) {
      market.advance(now);
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "market");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status = 200;
      String text;
      try {
        var request = Ec2Request.of(form);
        text = act(request);
        var held = held(request);
        if (held.isPresent()) {
          held.get().keep();
          return;
        }
      } catch (Ec2Error error) {
        status = error.status();
        text = Ec2Answer.error(error);
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Optional<HeldAnswer> held(Ec2Request request) {
    return request.action().equals(PURCHASE) ? hold.getAndSet(Optional.empty()) : Optional.empty();
  }

  private synchronized String act(Ec2Request request) throws Ec2Error {
    pass();
    rights.check(request);
    if (Ec2DryRuns.isOne(request)) {
      throw dryRuns.outcome(request);
    }
    return switch (request.action()) {
      case "DescribeInstances" -> reads.instances(request);
      case "DescribeSpotInstanceRequests" -> reads.spotRequests(request);
      case "DescribeSubnets" -> reads.subnets(request);
      case "DescribeInstanceTypes" -> reads.types(request);
      case "DescribeSpotPriceHistory" -> reads.prices(request);
      case "DescribeLaunchTemplateVersions" -> dryRuns.template(request);
      case PURCHASE -> {
        var refused = rights.refusedLaunch(request);
        yield refused.isPresent() ? refused.get() : orders.createFleet(request);
      }
      case "TerminateInstances" -> orders.terminate(request);
      default ->
          throw Ec2Error.of(
              "InvalidAction", "The action " + request.action() + " is not sold here");
    };
  }
}
