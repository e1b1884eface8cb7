package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the wish would do, as {@code caretaker plan} says it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EsPlanStatus(
    @JsonPropertyDescription(
            "Names what the plan covers; rollout.approvedPlan takes it. Absent: no plan.")
        @Size(max = 40)
        @Nullable String hash,
    @JsonPropertyDescription("The generation of the spec that it was made for.")
        @Nullable Long generation,
    @JsonPropertyDescription("When it was made.") @Size(max = 40) @Nullable String madeAt,
    @JsonPropertyDescription("How many steps and how long; or why there is no plan.")
        @Size(max = 1000)
        @Nullable String sentence,
    @JsonPropertyDescription("Predicted seconds of all steps, without waiting between them.")
        @Nullable Long predictedSeconds,
    @JsonPropertyDescription("The steps in their order; at most 200 are listed.") @Size(max = 200)
        @Nullable List<Step> steps,
    @JsonPropertyDescription("What would refuse to go on after those steps, and what lifts it.")
        @Size(max = 20)
        @Nullable List<@Size(max = 1000) String> thenRefusedBy,
    @JsonPropertyDescription("The risks that the spec accepts by name.") @Size(max = 30)
        @Nullable List<@Size(max = 1000) String> accepted) {

  /** One set of nodes, or one drain. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(
      @JsonPropertyDescription("bounce or drain.") @Size(max = 20) @Nullable String kind,
      @JsonPropertyDescription("The nodes that go together.") @Size(max = 200)
          @Nullable List<@Size(max = 255) String> nodes,
      @JsonPropertyDescription("What brings their shards to safety before.") @Size(max = 1000)
          @Nullable String before,
      @JsonPropertyDescription("Predicted seconds.") @Nullable Long predictedSeconds) {}
}
