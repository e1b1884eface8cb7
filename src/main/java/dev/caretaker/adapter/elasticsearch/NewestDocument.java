package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time of a table's newest document, by a real search over all of it. */
final class NewestDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** No date of ours in seconds is as large, and none in milliseconds as small. */
  private static final double MOST_SECONDS = 1e11;

  private NewestDocument() {}

  /** Unknown where it could not be searched whole: a part may lack just the newest. */
  static Observed<Optional<Instant>> ask(
      Endpoint endpoint, TableName alias, String field, Duration within) {
    var question = JSON.createObjectNode().put("size", 0);
    question.putObject("aggs").putObject("newest").putObject("max").put("field", field);
    // A closed index is left out, as it is for everybody who searches the alias.
    var path =
        "/"
            + Call.segment(alias.value())
            + "/_search?ignore_unavailable=true&allow_partial_search_results=false"
            + "&filter_path=timed_out,aggregations";
    try {
      return Observed.known(
          endpoint.ask(Call.post(path, question.toString(), within), NewestDocument::parse));
    } catch (CallFailed failed) {
      return Observed.unknown(failed.sentence());
    }
  }

  static Optional<Instant> parse(InputStream body) throws IOException {
    var answer = JSON.readTree(body);
    if (answer.path("timed_out").asBoolean(true)) {
      throw new IOException("the search was not finished in time");
    }
    var newest = answer.path("aggregations").path("newest");
    return Optional.of(newest.path("value"))
        .filter(JsonNode::isNumber)
        .map(value -> instant(value.asDouble(), newest.has("value_as_string")));
  }

  /**
   * A date comes in milliseconds and with its text; a plain number is whatever the programs write.
   */
  private static Instant instant(double value, boolean date) {
    double seconds = date ? value / 1000 : value;
    while (Math.abs(seconds) >= MOST_SECONDS) {
      seconds /= 1000;
    }
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }
}
