package dev.caretaker.sandbox.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.sandbox.load.Bulk.Document;
import org.junit.jupiter.api.Test;

class BulkTest {

  private static final Document FIRST = new Document("logs", "d1", "one");
  private static final Document SECOND = new Document("logs", "d2", "two");

  @Test
  void shouldTakeAWriteForAcknowledgedOnlyWhereTwoCopiesTookIt() throws JsonProcessingException {
    var bulk = bulk(false);

    var acknowledged =
        bulk.acknowledged(
            new ObjectMapper()
                .readTree(
                    """
                    {"errors": false, "items": [
                      {"index": {"_id": "d1", "status": 201, "_shards": {"successful": 1}}},
                      {"index": {"_id": "d2", "status": 201, "_shards": {"successful": 2}}}]}
                    """));

    assertThat(acknowledged).containsExactly(SECOND);
  }

  @Test
  void neverTakesAFailedAnswerForAnything() throws JsonProcessingException {
    var error = new ObjectMapper().readTree("{\"error\": {\"type\": \"x\"}, \"status\": 503}");

    assertThat(bulk(false).acknowledged(error)).isEmpty();
  }

  @Test
  void shouldNameATypeOnlyWhereTheEngineWantsIt() {
    assertThat(bulk(false).body()).doesNotContain("_type").endsWith("{\"text\":\"two\"}\n");
    assertThat(bulk(true).body()).contains("\"_type\":\"_doc\"");
  }

  private static Bulk bulk(boolean typed) {
    var bulk = new Bulk(typed);
    bulk.add(FIRST);
    bulk.add(SECOND);
    return bulk;
  }
}
