package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Caretaker saw, did and could not do. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = EtlPipelineStatus.Reader.class)
public record EtlPipelineStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What is in the queue.") @Nullable Queue queue,
    @JsonPropertyDescription("How fast it fills and empties.") @Nullable Rates rates,
    @JsonPropertyDescription("What the fleet is asked for.") @Nullable Demand demand,
    @JsonPropertyDescription("The tables.") @Size(max = EtlShapes.MOST_TABLES)
        @Nullable List<Table> tables,
    @JsonPropertyDescription("The machines, counted.") @Nullable Workers workers,
    @JsonPropertyDescription("What is done, as one CamelCase word.") @Size(max = 60)
        @Nullable String stage,
    @JsonPropertyDescription("What is done or waited for, and why.") @Size(max = 2000)
        @Nullable String doing,
    @JsonPropertyDescription("How far the backfill is.") @Nullable Backfill backfill,
    @JsonPropertyDescription(
            "Caretaker's memory between two passes; losing it costs time, never a message.")
        @PreserveUnknownFields
        @Nullable JsonNode progress,
    @JsonPropertyDescription("The spec that is in force.") @PreserveUnknownFields
        @Nullable JsonNode lastGoodSpec,
    @JsonPropertyDescription("The conditions, one a type.") @Size(max = 30)
        @Nullable List<StatusCondition> conditions) {
  public static final EtlPipelineStatus EMPTY =
      new EtlPipelineStatus(null, null, null, null, null, null, null, null, null, null, null, null);

  /** What is in the queue; SQS counts approximately. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Queue(
      @JsonPropertyDescription("Messages that are not finished.") @Nullable Long backlog,
      @JsonPropertyDescription("Messages that could be received.") @Nullable Long visible,
      @JsonPropertyDescription("Messages that were received and not deleted.")
          @Nullable Long inFlight,
      @JsonPropertyDescription("Messages that nobody may receive yet.") @Nullable Long delayed,
      @JsonPropertyDescription("Messages that were received too often.") @Nullable Long deadLetters,
      @JsonPropertyDescription("Age of the oldest message.") @Size(max = 20)
          @Nullable String oldest,
      @JsonPropertyDescription("Whether that is estimated from our own samples.")
          @Nullable Boolean oldestEstimated,
      @JsonPropertyDescription("How long until the oldest message is lost.") @Size(max = 20)
          @Nullable String expiresIn,
      @JsonPropertyDescription("When that is.") @Size(max = 40) @Nullable String expiresAt) {}

  /** How fast the queue fills and empties. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rates(
      @JsonPropertyDescription("Messages that came from outside.") @Size(max = 30)
          @Nullable String arrivalsPerHour,
      @JsonPropertyDescription("Messages that were finished.") @Size(max = 30)
          @Nullable String departuresPerHour,
      @JsonPropertyDescription("Arrivals that are expected next.") @Size(max = 30)
          @Nullable String forecastPerHour,
      @JsonPropertyDescription("Messages that one utility finishes in an hour.") @Size(max = 30)
          @Nullable String perUtilityHour,
      @JsonPropertyDescription("How long the backlog takes at these rates; absent where it grows.")
          @Size(max = 20)
          @Nullable String drainTime) {}

  /** What the fleet is asked for. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Demand(
      @JsonPropertyDescription("How much.") @Size(max = 20) @Nullable String utility,
      @JsonPropertyDescription("Why, as one CamelCase word.") @Size(max = 200)
          @Nullable String reason,
      @JsonPropertyDescription("Why: the arithmetic.") @Size(max = 1000)
          @Nullable String because) {}

  /** One table. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Table(
      @JsonPropertyDescription("Its alias.") @Size(max = 200) @Nullable String alias,
      @JsonPropertyDescription("Indices that carry the alias.") @Nullable Integer indices,
      @JsonPropertyDescription("The index that it writes to.") @Size(max = 255)
          @Nullable String writesTo,
      @JsonPropertyDescription("Time of the newest document.") @Size(max = 40)
          @Nullable String newest) {}

  /** The machines, counted. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Workers(
      @JsonPropertyDescription("Those that work, of all.") @Size(max = 30) @Nullable String tally,
      @JsonPropertyDescription("All.") @Nullable Integer total,
      @JsonPropertyDescription("With the program running on the right code.")
          @Nullable Integer working,
      @JsonPropertyDescription("Stopped on purpose.") @Nullable Integer held,
      @JsonPropertyDescription("With an update under way.") @Nullable Integer updating,
      @JsonPropertyDescription("With other code.") @Nullable Integer outdated,
      @JsonPropertyDescription("Whose program or update failed.") @Nullable Integer failed,
      @JsonPropertyDescription("That gave no answer.") @Nullable Integer unread,
      @JsonPropertyDescription(
              "Machines that cannot be updated, and that the fleet shall give back; at most 200.")
          @Size(max = 200)
          @Nullable List<@Size(max = 255) String> replace) {}

  /** How far the backfill is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Backfill(
      @JsonPropertyDescription("Objects of it that were sent.") @Nullable Long sent) {}

  /** Reads field by field: a status that somebody spoilt is no reason to stop caring. */
  static final class Reader extends JsonDeserializer<EtlPipelineStatus> {
    @Override
    public EtlPipelineStatus deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var fields = LenientFields.of(parser, "status");
      return new EtlPipelineStatus(
          fields.read("observedGeneration", Long.class),
          fields.read("queue", Queue.class),
          fields.read("rates", Rates.class),
          fields.read("demand", Demand.class),
          fields.list("tables", Table.class),
          fields.read("workers", Workers.class),
          fields.read("stage", String.class),
          fields.read("doing", String.class),
          fields.read("backfill", Backfill.class),
          fields.read("progress", JsonNode.class),
          fields.read("lastGoodSpec", JsonNode.class),
          fields.list("conditions", StatusCondition.class));
    }
  }
}
