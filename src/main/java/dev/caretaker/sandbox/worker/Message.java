package dev.caretaker.sandbox.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;

/**
 * One received message: a document to write, under a number of its own.
 *
 * @param receipt by which it is deleted
 * @param receives how often it was received, this time included
 * @param table alias to write to
 * @param fails how often it fails before it succeeds; each time it is put back into the queue
 * @param dies where the process is to die with it, the first time that it has it
 */
record Message(
    String receipt, int receives, long number, String table, int fails, Death dies, String sentAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The moments at which a worker's death loses most, if it loses anything. */
  enum Death {
    NOWHERE,
    AFTER_BULK,
    AFTER_RESEND
  }

  /**
   * As SQS gives it. One that names an object, as a backfill's does, is what that object says.
   *
   * @throws IOException where the object cannot be read now
   */
  static Message of(JsonNode received, Objects objects) throws IOException, InterruptedException {
    var body = JSON.readTree(received.path("Body").asText());
    var said = body;
    var sentAt = body.path("sentAt").asText();
    if (body.has("key")) {
      said = JSON.readTree(objects.read(body.path("bucket").asText(), body.path("key").asText()));
      sentAt = Instant.ofEpochSecond(body.path("timestamp").asLong()).toString();
    }
    return new Message(
        received.path("ReceiptHandle").asText(),
        received.at("/Attributes/ApproximateReceiveCount").asInt(1),
        said.path("number").asLong(),
        said.path("table").asText(),
        said.path("fails").asInt(),
        Death.valueOf(said.path("dies").asText("NOWHERE")),
        sentAt);
  }

  /** Whether its worker dies of it now. */
  boolean kills(Death moment) {
    return dies == moment && receives == 1;
  }

  /** What is put back into the queue after a failure. */
  String onceMore() {
    return JSON.createObjectNode()
        .put("number", number)
        .put("table", table)
        .put("fails", Math.max(0, fails - 1))
        .put("sentAt", sentAt)
        .toString();
  }

  /** The same whoever writes it and however often, so that a second time changes nothing. */
  String documentId() {
    return "n" + number;
  }
}
