package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes shall be restarted, and how. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EsRolloutSpec(
    @JsonPropertyDescription(
            "Every selected node whose process started before this time (RFC 3339) is restarted"
                + " once.")
        @Size(max = 40)
        @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$")
        @Nullable String restartedAt,
    @JsonPropertyDescription("Restart only these; absent: all nodes.") @Nullable Select select,
    @JsonPropertyDescription(
            "Required (default where a zone is Risky): while a node is away, each of its shards has"
                + " a started copy in a Reliable zone. Preferred: there where that can be, else on"
                + " any other node.")
        @Pattern("^(Required|Preferred)$")
        @Nullable String shelter,
    @JsonPropertyDescription(
            "What cannot hold because of the cluster's structure, and is accepted by name, with a"
                + " reason and an end.")
        @Size(max = 20)
        @Nullable List<Accept> accept,
    @JsonPropertyDescription("How many nodes may be down at once.")
        @Nullable MaxUnavailable maxUnavailable) {

  /** A choice of nodes; where both lists are given, a node must be in both. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Select(
      @JsonPropertyDescription("Only nodes of these zones, each one of zones.list.") @Size(max = 20)
          @Nullable List<@Size(max = 63) String> zones,
      @JsonPropertyDescription("Only these nodes, by node.name.") @Size(max = 200)
          @Nullable List<@Size(max = 255) @Pattern("^[A-Za-z0-9._-]+$") String> nodes) {}

  /** An accepted weakness. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Accept(
      @JsonPropertyDescription(
              "ZeroReplicas: shards of the named indices have no second copy. SingleNodeZone: a"
                  + " zone has one node. QuorumMismatch: nodes disagree about the quorum.")
          @Required
          @Pattern("^(ZeroReplicas|SingleNodeZone|QuorumMismatch)$")
          @Nullable String structural,
      @JsonPropertyDescription("Index patterns with *, for ZeroReplicas, which needs at least one.")
          @Size(max = 100)
          @Nullable List<@Size(max = 255) String> indices,
      @JsonPropertyDescription("Why this is acceptable; for the next person who reads it.")
          @Required
          @Size(min = 1, max = 500)
          @Nullable String reason,
      @JsonPropertyDescription("When the acceptance ends (RFC 3339).")
          @Required
          @Size(max = 40)
          @Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$")
          @Nullable String until) {}

  /** How many may be down. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MaxUnavailable(
      @JsonPropertyDescription(
              "Nodes of one zone that may be down at once (default 1); more than one only where"
                  + " they share no shard.")
          @Min(1)
          @Max(100)
          @Nullable Integer perZone) {}
}
