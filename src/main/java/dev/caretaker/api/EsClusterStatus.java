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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Caretaker saw, does and refuses; nothing in it changes while the cluster does not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = EsClusterStatus.Reader.class)
public record EsClusterStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What answers, such as elasticsearch 8.19.21.") @Size(max = 100)
        @Nullable String engine,
    @JsonPropertyDescription("The UUID of the cluster, by which duplicates are found.")
        @Size(max = 100)
        @Nullable String clusterUuid,
    @JsonPropertyDescription("green, yellow, red or unknown, computed from the routing table.")
        @Size(max = 20)
        @Nullable String health,
    @JsonPropertyDescription("Whether the probe query was answered: True, False or Unknown.")
        @Size(max = 20)
        @Nullable String serving,
    @JsonPropertyDescription("Nodes in the cluster, of all that are known, such as 4/5.")
        @Size(max = 20)
        @Nullable String nodesInCluster,
    @JsonPropertyDescription("The nodes; at most 200 are listed.") @Size(max = 200)
        @Nullable List<Node> nodes,
    @JsonPropertyDescription("Copies by state: started, relocating, initializing, unassigned...")
        @Size(max = 20)
        @Nullable Map<@Size(max = 40) String, Integer> shards,
    @JsonPropertyDescription("What the cluster is held from doing: Freeze, Quiet, Empty(node).")
        @Size(max = 210)
        @Nullable List<@Size(max = 100) String> holds,
    @JsonPropertyDescription(
            "What is being done now, in a clause; the condition Reconciling says all.")
        @Size(max = 1000)
        @Nullable String operation,
    @JsonPropertyDescription("The guards that refuse the next step.") @Size(max = 50)
        @Nullable List<@Size(max = 100) String> blockedBy,
    @JsonPropertyDescription(
            "Of rollout.windows: until when one is open, or when the next one opens.")
        @Size(max = 60)
        @Nullable String window,
    @JsonPropertyDescription("What is asked and not done yet would do this; see caretaker plan.")
        @Nullable EsPlanStatus plan,
    @JsonPropertyDescription("The rollout that goes on, or the last one: predicted and real.")
        @Nullable EsRolloutStatus lastRollout,
    @JsonPropertyDescription(
            "Machines that fleets asked for and may take away: empty, and stopped for good.")
        @Size(max = 200)
        @Nullable List<Release> released,
    @JsonPropertyDescription(
            "Caretaker's memory between two passes; losing it costs time, never data.")
        @PreserveUnknownFields
        @Nullable JsonNode progress,
    @JsonPropertyDescription(
            "The spec that is in force: the last one that could be read without a problem.")
        @PreserveUnknownFields
        @Nullable JsonNode lastGoodSpec,
    @JsonPropertyDescription("The conditions, one a type.") @Size(max = 30)
        @Nullable List<StatusCondition> conditions) {
  public static final EsClusterStatus EMPTY =
      new EsClusterStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null);

  /** One node. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Node(
      @JsonPropertyDescription("node.name.") @Size(max = 255) @Nullable String name,
      @JsonPropertyDescription("The value of the zone attribute.") @Size(max = 255)
          @Nullable String zone,
      @JsonPropertyDescription("InCluster, Missing, Stopped, Died or Silent.") @Size(max = 40)
          @Nullable String state,
      @JsonPropertyDescription("Shard copies on the node.") @Nullable Integer copies,
      @JsonPropertyDescription("When its process started.") @Size(max = 40)
          @Nullable String startedAt) {}

  /** The answer to a fleet's release request. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Release(
      @JsonPropertyDescription("The request that it answers.") @Size(max = 80)
          @Nullable String requestId,
      @JsonPropertyDescription("The machine, whose process is never started again.")
          @Size(max = 255)
          @Nullable String instanceId,
      @JsonPropertyDescription("Since when.") @Size(max = 40) @Nullable String at) {}

  /** Reads field by field: a status that somebody spoilt is no reason to stop caring. */
  static final class Reader extends JsonDeserializer<EsClusterStatus> {
    @Override
    public EsClusterStatus deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var fields = LenientFields.of(parser, "status");
      return new EsClusterStatus(
          fields.read("observedGeneration", Long.class),
          fields.read("engine", String.class),
          fields.read("clusterUuid", String.class),
          fields.read("health", String.class),
          fields.read("serving", String.class),
          fields.read("nodesInCluster", String.class),
          fields.list("nodes", Node.class),
          fields.map("shards", Integer.class),
          fields.list("holds", String.class),
          fields.read("operation", String.class),
          fields.list("blockedBy", String.class),
          fields.read("window", String.class),
          fields.read("plan", EsPlanStatus.class),
          fields.read("lastRollout", EsRolloutStatus.class),
          fields.list("released", Release.class),
          fields.read("progress", JsonNode.class),
          fields.read("lastGoodSpec", JsonNode.class),
          fields.list("conditions", StatusCondition.class));
    }
  }
}
