package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes shall be restarted, and how. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.restartedAt) || self.restartedAt.matches(r'"
            + Shapes.TIME
            + "') && timestamp(self.restartedAt) > timestamp('0001-01-01T00:00:00Z')",
    message = "restartedAt must be " + Shapes.TIME_IS,
    fieldPath = ".restartedAt")
@ValidationRule(
    value = "!has(self.approvedPlan) || self.approvedPlan.matches(r'" + Shapes.PLAN + "')",
    message = "approvedPlan must be " + Shapes.PLAN_IS,
    fieldPath = ".approvedPlan")
public record EsRolloutSpec(
    @JsonPropertyDescription(
            "Every selected node whose process started before this time (RFC 3339) is restarted"
                + " once.")
        @Size(max = Shapes.LONGEST_TIME)
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
        @Size(max = Shapes.MOST_ACCEPTED)
        @Nullable List<Accept> accept,
    @JsonPropertyDescription("How many nodes may be down at once.")
        @Nullable MaxUnavailable maxUnavailable,
    @JsonPropertyDescription(
            "When something disruptive may be done; absent: always. What has begun when the last"
                + " open window closes is brought to its nearest safe rest.")
        @Size(max = Shapes.MOST_WINDOWS)
        @Nullable List<Window> windows,
    @JsonPropertyDescription(
            "Automatic (default), or Manual: nothing disruptive begins before approvedPlan is the"
                + " hash of status.plan.")
        @Pattern("^(Automatic|Manual)$")
        @Nullable String approval,
    @JsonPropertyDescription(
            "With approval: Manual, the status.plan.hash that may be carried out. Another wish,"
                + " other nodes, another shelter or another accepted risk need another one.")
        @Size(max = Shapes.LONGEST_PLAN)
        @Nullable String approvedPlan) {

  /** A time in which something disruptive may be done. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.schedule.matches(r'" + Shapes.SCHEDULE + "')",
      message = "schedule must be " + Shapes.SCHEDULE_IS,
      fieldPath = ".schedule")
  @ValidationRule(
      value = "self.duration.matches(r'" + Shapes.LASTS + "')",
      message = "duration must be " + Shapes.LASTS_IS,
      fieldPath = ".duration")
  @ValidationRule(
      value = "self.timeZone.matches(r'" + Shapes.TIME_ZONE + "')",
      message = "timeZone must be " + Shapes.TIME_ZONE_IS,
      fieldPath = ".timeZone")
  public record Window(
      @JsonPropertyDescription(
              "When it opens, as cron writes it: minute hour day month weekday, such as"
                  + " 0 2 * * 1-5.")
          @Required
          @Size(max = Shapes.LONGEST_SCHEDULE)
          @Nullable String schedule,
      @JsonPropertyDescription("How long it stays open, such as 90m or 4h.")
          @Required
          @Size(max = Shapes.LONGEST_DURATION)
          @Nullable String duration,
      @JsonPropertyDescription(
              "The clocks that the schedule means, such as Europe/Berlin. A zone that Caretaker"
                  + " does not know never opens a window.")
          @Required
          @Size(max = Shapes.LONGEST_TIME_ZONE)
          @Nullable String timeZone) {}

  /** A choice of nodes; where both lists are given, a node must be in both. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.nodes) || self.nodes.all(n, n.matches(r'" + Shapes.NAME + "'))",
      message = "every one of nodes must be " + Shapes.NAME_IS,
      fieldPath = ".nodes")
  public record Select(
      @JsonPropertyDescription("Only nodes of these zones, each one of zones.list.")
          @Size(min = 1, max = Shapes.MOST_ZONES)
          @Nullable List<@Size(max = Shapes.LONGEST_ZONE) String> zones,
      @JsonPropertyDescription("Only these nodes, by node.name.")
          @Size(min = 1, max = Shapes.MOST_NODES)
          @Nullable List<@Size(max = Shapes.LONGEST_NAME) String> nodes) {}

  /** An accepted weakness. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "self.structural == 'ZeroReplicas' ? has(self.indices) && self.indices.size() > "
              + "0 : !has(self.indices) || self.indices.size() == 0",
      message = "ZeroReplicas needs the indices it is about, and no other acceptance has any",
      fieldPath = ".indices")
  @ValidationRule(
      value = "!has(self.indices) || self.indices.all(i, i.matches(r'" + Shapes.PATTERN + "'))",
      message = "every one of indices must be " + Shapes.PATTERN_IS,
      fieldPath = ".indices")
  @ValidationRule(
      value = "self.reason.matches(r'" + Shapes.REASON + "')",
      message = "reason must be " + Shapes.REASON_IS,
      fieldPath = ".reason")
  @ValidationRule(
      value =
          "self.until.matches(r'"
              + Shapes.TIME
              + "') && timestamp(self.until) > timestamp('0001-01-01T00:00:00Z')",
      message = "until must be " + Shapes.TIME_IS,
      fieldPath = ".until")
  public record Accept(
      @JsonPropertyDescription(
              "ZeroReplicas: shards of the named indices have no second copy. SingleNodeZone: a"
                  + " zone has one node. QuorumMismatch: nodes disagree about the quorum.")
          @Required
          @Pattern("^(ZeroReplicas|SingleNodeZone|QuorumMismatch)$")
          @Nullable String structural,
      @JsonPropertyDescription("Index patterns with *, for ZeroReplicas, which needs at least one.")
          @Size(max = Shapes.MOST_INDICES)
          @Nullable List<@Size(max = Shapes.LONGEST_NAME) String> indices,
      @JsonPropertyDescription("Why this is acceptable; for the next person who reads it.")
          @Required
          @Size(max = Shapes.LONGEST_REASON)
          @Nullable String reason,
      @JsonPropertyDescription("When the acceptance ends (RFC 3339).")
          @Required
          @Size(max = Shapes.LONGEST_TIME)
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
