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
@JsonDeserialize(using = SpotFleetStatus.Reader.class)
public record SpotFleetStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What the machines cost at today's prices.") @Size(max = 30)
        @Nullable String spendUsdPerHour,
    @JsonPropertyDescription("The same at the ceilings, with what is asked for.") @Size(max = 30)
        @Nullable String exposureUsdPerHour,
    @JsonPropertyDescription("The budget in force.") @Size(max = 30)
        @Nullable String budgetUsdPerHour,
    @JsonPropertyDescription("Utility at work, on its way, and wanted.") @Nullable Utility utility,
    @JsonPropertyDescription("Machines that cost money.") @Nullable Integer machineCount,
    @JsonPropertyDescription("The machines; at most 200 are listed.")
        @Size(max = FleetShapes.MOST_MACHINES)
        @Nullable List<Machine> machines,
    @JsonPropertyDescription(
            "Machines that the workload is asked to let go; it answers in " + "status.released.")
        @Size(max = 200)
        @Nullable List<Release> releaseRequests,
    @JsonPropertyDescription("The best offers, at most ten.") @Size(max = 10)
        @Nullable List<Offer> market,
    @JsonPropertyDescription(
            "Machines that look like the fleet's and do not carry its tags; they are "
                + "left alone.")
        @Size(max = 50)
        @Nullable List<@Size(max = 40) String> strangers,
    @JsonPropertyDescription("The last purchases and removals with their arithmetic, newest first.")
        @Size(max = 20)
        @Nullable List<Decision> decisions,
    @JsonPropertyDescription("What is bought next, or why nothing is.") @Size(max = 2000)
        @Nullable String nextPurchase,
    @JsonPropertyDescription(
            "Caretaker's memory between two passes; losing it costs the settling " + "time.")
        @PreserveUnknownFields
        @Nullable JsonNode progress,
    @JsonPropertyDescription("The spec that is in force.") @PreserveUnknownFields
        @Nullable JsonNode lastGoodSpec,
    @JsonPropertyDescription("The conditions, one a type.") @Size(max = 30)
        @Nullable List<StatusCondition> conditions) {
  public static final SpotFleetStatus EMPTY =
      new SpotFleetStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Utility of the fleet. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Utility(
      @JsonPropertyDescription("At work.") @Size(max = 20) @Nullable String running,
      @JsonPropertyDescription("Bought, and not yet at work.") @Size(max = 20)
          @Nullable String pending,
      @JsonPropertyDescription("Wanted.") @Size(max = 20) @Nullable String wanted) {}

  /** One machine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Machine(
      @JsonPropertyDescription("Its instance id.") @Size(max = 40) @Nullable String id,
      @JsonPropertyDescription("Its instance type.") @Size(max = 65) @Nullable String type,
      @JsonPropertyDescription("Its zone.") @Size(max = 40) @Nullable String zone,
      @JsonPropertyDescription(
              "Joining, AtWork, Absent, Outgoing, Doomed, Releasing, Released or " + "Leaving.")
          @Size(max = 20)
          @Nullable String state,
      @JsonPropertyDescription("What it costs today.") @Size(max = 30) @Nullable String usdPerHour,
      @JsonPropertyDescription("Its utility.") @Size(max = 20) @Nullable String utility,
      @JsonPropertyDescription("Its address in its subnet.") @Size(max = 60)
          @Nullable String address,
      @JsonPropertyDescription("When it was launched, or its purchase was answered.")
          @Size(max = 40)
          @Nullable String launchedAt,
      @JsonPropertyDescription("When EC2 takes it away, once it gave notice.") @Size(max = 40)
          @Nullable String leavesAt,
      @JsonPropertyDescription("The EtlPipeline whose programs work on it.")
          @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String pipeline) {}

  /** A machine that its workload is asked to let go. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Release(
      @JsonPropertyDescription("The workload repeats it in its answer.") @Size(max = 80)
          @Nullable String requestId,
      @JsonPropertyDescription("The machine.") @Size(max = 40) @Nullable String instanceId,
      @JsonPropertyDescription("Since when it is asked for.") @Size(max = 40)
          @Nullable String askedAt,
      @JsonPropertyDescription("Why.") @Size(max = 500) @Nullable String because) {}

  /** What could be bought. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Offer(
      @JsonPropertyDescription("Its instance type.") @Size(max = 65) @Nullable String type,
      @JsonPropertyDescription("Its zone.") @Size(max = 40) @Nullable String zone,
      @JsonPropertyDescription("Today's price.") @Size(max = 30) @Nullable String usdPerHour,
      @JsonPropertyDescription("The price at the percentile.") @Size(max = 30)
          @Nullable String ceiling,
      @JsonPropertyDescription("Utility for a dollar at the ceiling.") @Size(max = 30)
          @Nullable String utilityPerUsd) {}

  /** A purchase or a removal. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Decision(
      @JsonPropertyDescription("When.") @Size(max = 40) @Nullable String at,
      @JsonPropertyDescription("The arithmetic.") @Size(max = 1000) @Nullable String because) {}

  /** Reads field by field: a status that somebody spoilt is no reason to stop caring. */
  static final class Reader extends JsonDeserializer<SpotFleetStatus> {
    @Override
    public SpotFleetStatus deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var fields = LenientFields.of(parser, "status");
      return new SpotFleetStatus(
          fields.read("observedGeneration", Long.class),
          fields.read("spendUsdPerHour", String.class),
          fields.read("exposureUsdPerHour", String.class),
          fields.read("budgetUsdPerHour", String.class),
          fields.read("utility", Utility.class),
          fields.read("machineCount", Integer.class),
          fields.list("machines", Machine.class),
          fields.list("releaseRequests", Release.class),
          fields.list("market", Offer.class),
          fields.list("strangers", String.class),
          fields.list("decisions", Decision.class),
          fields.read("nextPurchase", String.class),
          fields.read("progress", JsonNode.class),
          fields.read("lastGoodSpec", JsonNode.class),
          fields.list("conditions", StatusCondition.class));
    }
  }
}
