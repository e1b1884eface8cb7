package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The queue that the workers consume. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.name.matches(r'" + EtlShapes.QUEUE + "')",
    message = "name must be " + EtlShapes.QUEUE_IS,
    fieldPath = ".name")
@ValidationRule(
    value = "self.region.matches(r'" + FleetShapes.REGION + "')",
    message = "region must be " + FleetShapes.REGION_IS,
    fieldPath = ".region")
@ValidationRule(
    value = "!has(self.retention) || self.retention.matches(r'" + EtlShapes.RETENTION + "')",
    message = "retention must be " + EtlShapes.RETENTION_IS,
    fieldPath = ".retention")
@ValidationRule(
    value = "!has(self.visibility) || self.visibility.matches(r'" + EtlShapes.VISIBILITY + "')",
    message = "visibility must be " + EtlShapes.VISIBILITY_IS,
    fieldPath = ".visibility")
@ValidationRule(
    value = "!has(self.deadLetter) || self.deadLetter.name != self.name",
    message = "deadLetter must be another queue",
    fieldPath = ".deadLetter")
public record EtlQueueSpec(
    @JsonPropertyDescription("Its name, in the operator's own account.") @Required @Size(max = 80)
        @Nullable String name,
    @JsonPropertyDescription("Where it is, such as us-west-2; the buckets are there, too.")
        @Required
        @Size(max = 30)
        @Nullable String region,
    @JsonPropertyDescription(
            "How long SQS keeps a message; 14d (default) is the most. What is older is lost.")
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String retention,
    @JsonPropertyDescription(
            "How long a received message is hidden from other workers; 30m (default).")
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String visibility,
    @JsonPropertyDescription("Where messages go that were received too often.")
        @Nullable DeadLetter deadLetter,
    @JsonPropertyDescription(
            "Whether Caretaker makes the queues where they are absent; false (default).")
        @Nullable Boolean create) {

  /** Where messages go that were received too often. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + EtlShapes.QUEUE + "')",
      message = "name must be " + EtlShapes.QUEUE_IS,
      fieldPath = ".name")
  public record DeadLetter(
      @JsonPropertyDescription("Name of the queue.") @Required @Size(max = 80)
          @Nullable String name,
      @JsonPropertyDescription("After so many receives a message is moved there; 12 (default).")
          @Min(1)
          @Max(1000)
          @Nullable Integer after) {}
}
