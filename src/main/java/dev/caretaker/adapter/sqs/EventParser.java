package dev.caretaker.adapter.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.caretaker.fleet.model.Announcement;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.fleet.model.Notice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what EventBridge puts into the queue. Nothing that stands there makes it throw. */
final class EventParser {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8,32}");
  private static final String EC2 = "aws.ec2";

  /** EC2's notice before it terminates or stops; it hibernates at once. */
  private static final Duration NOTICE = Duration.ofMinutes(2);

  private EventParser() {}

  static Announcement parse(String body) {
    JsonNode event;
    try {
      event = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return new Announcement.Malformed("it is no JSON: " + e.getOriginalMessage());
    }
    if (!event.isObject()) {
      return new Announcement.Malformed("it is no JSON object");
    }
    var type = event.path("detail-type");
    if (!type.isTextual()) {
      return new Announcement.Irrelevant(
          "it has no detail-type, as what other services write straight into a queue");
    }
    var source = event.path("source").asText();
    if (!source.equals(EC2)) {
      return new Announcement.Irrelevant("it is an event of " + source + ", not of " + EC2);
    }
    return read(type.asText(), event);
  }

  private static Announcement read(String type, JsonNode event) {
    return switch (type) {
      case "EC2 Spot Instance Interruption Warning" -> news(Kind.INTERRUPTION, event);
      case "EC2 Instance Rebalance Recommendation" -> news(Kind.REBALANCE, event);
      case "EC2 Instance State-change Notification" -> stateChange(event);
      default -> new Announcement.Irrelevant("nothing follows from: " + type);
    };
  }

  private static Announcement stateChange(JsonNode event) {
    var state = event.path("detail").path("state").asText();
    return switch (state) {
      case "pending", "running" -> news(Kind.COMES, event);
      case "stopping", "stopped", "shutting-down", "terminated" -> news(Kind.GOES, event);
      default -> new Announcement.Malformed("EC2 has no state '" + state + "' of a machine");
    };
  }

  /** The id stands in the detail; the ARN beside it may lack the account, or name a zone. */
  private static Announcement news(Kind kind, JsonNode event) {
    var id = event.path("detail").path("instance-id").asText();
    if (!INSTANCE.matcher(id).matches()) {
      return new Announcement.Malformed("detail.instance-id is no instance id: '" + id + "'");
    }
    var time = event.path("time").asText();
    try {
      var at = Instant.parse(time);
      return new Announcement.News(
          new Notice(new InstanceId(id), kind, at, leavesAt(kind, event, at)));
    } catch (DateTimeParseException e) {
      return new Announcement.Malformed("time is no RFC 3339 time: '" + time + "'");
    }
  }

  private static Optional<Instant> leavesAt(Kind kind, JsonNode event, Instant at) {
    if (kind != Kind.INTERRUPTION) {
      return Optional.empty();
    }
    var action = event.path("detail").path("instance-action").asText();
    return Optional.of(action.equals("hibernate") ? at : at.plus(NOTICE));
  }
}
