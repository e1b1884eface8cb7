package dev.caretaker.sandbox.market;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * The queue of a sandbox, on a real ElasticMQ, and EventBridge, which puts EC2's announcements into
 * it.
 */
public final class NoticeQueue implements AutoCloseable {
  /** Its name, for {@code spec.interruption.queue}. */
  public static final String NAME = "spot-notices";

  /** What was received and not deleted comes again after so long. */
  private static final Duration HIDDEN = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SQSRestServer server;
  private final URI endpoint;
  private final SqsWire wire;
  private final String queue;

  private NoticeQueue(SQSRestServer server) throws IOException, InterruptedException {
    this.server = server;
    this.endpoint =
        URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
    this.wire = new SqsWire(endpoint);
    this.queue = create(NAME, HIDDEN);
  }

  private String create(String name, Duration hidden) throws IOException, InterruptedException {
    var attributes =
        JsonNodeFactory.instance
            .objectNode()
            .put("VisibilityTimeout", Long.toString(hidden.toSeconds()));
    var wish = JsonNodeFactory.instance.objectNode().put("QueueName", name);
    return wire.ask("CreateQueue", wish.set("Attributes", attributes)).path("QueueUrl").asText();
  }

  /** Makes another queue here, in which what is received stays hidden for so long. */
  public WorkMessages make(String name, Duration hidden) throws IOException, InterruptedException {
    create(name, hidden);
    return messages(name);
  }

  /** Starts it on a free port of the loopback address. */
  public static NoticeQueue open() throws IOException, InterruptedException {
    var server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    try {
      return new NoticeQueue(server);
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.stopAndWait();
      throw e;
    }
  }

  /** What a process needs in its environment to take this for SQS. */
  public Map<String, String> environment() {
    return Map.of("AWS_ENDPOINT_URL_SQS", endpoint.toString());
  }

  /** Where this and other queues are. */
  public URI endpoint() {
    return endpoint;
  }

  /** Another queue here, of whoever made it. */
  public WorkMessages messages(String name) {
    return new WorkMessages(wire, name);
  }

  /** EC2's warning, two minutes before it takes a machine away; returns when it is delivered. */
  public Instant warn(String region, String machine) throws IOException, InterruptedException {
    send(warning(region, machine, Instant.now()));
    return Instant.now();
  }

  /** In EventBridge's shape; its time is in whole seconds. */
  static String warning(String region, String machine, Instant at) {
    var event =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", "EC2 Spot Instance Interruption Warning")
            .put("source", "aws.ec2")
            .put("account", "123456789012")
            .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", region);
    event.putArray("resources").add("arn:aws:ec2:" + region + ":123456789012:instance/" + machine);
    event.putObject("detail").put("instance-id", machine).put("instance-action", "terminate");
    return event.toString();
  }

  /** Puts a message into the queue. */
  public void send(String body) throws IOException, InterruptedException {
    wire.ask(
        "SendMessage",
        JsonNodeFactory.instance.objectNode().put("QueueUrl", queue).put("MessageBody", body));
  }

  /**
   * The bodies of all messages that were not deleted, those included that somebody has received and
   * lets lie. Nobody else may read meanwhile.
   *
   * @param enough after so many it does not wait for more
   */
  public List<String> left(int enough) throws IOException, InterruptedException {
    var bodies = new ArrayList<String>();
    var end = Instant.now().plus(HIDDEN).plus(PATIENCE);
    while (bodies.size() < enough && Instant.now().isBefore(end)) {
      var wish =
          JsonNodeFactory.instance
              .objectNode()
              .put("QueueUrl", queue)
              .put("MaxNumberOfMessages", 10)
              .put("WaitTimeSeconds", 2)
              // What is counted once does not come again.
              .put("VisibilityTimeout", 600);
      var messages = wire.ask("ReceiveMessage", wish).path("Messages");
      messages.forEach(each -> bodies.add(each.path("Body").asText()));
    }
    return bodies;
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
