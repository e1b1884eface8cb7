package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How the fleet learns that EC2 takes machines back. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.queue) || self.queue.matches(r'" + FleetShapes.QUEUE + "')",
    message = "queue must be " + FleetShapes.QUEUE_IS,
    fieldPath = ".queue")
public record FleetInterruptionSpec(
    @JsonPropertyDescription(
            "The SQS queue that EventBridge fills; fleets may share one. EC2 is "
                + "polled beside it.")
        @Size(max = 85)
        @Nullable String queue,
    @JsonPropertyDescription(
            "Ignore (default) or Replace: a machine that EC2 recommends to leave is replaced, "
                + "one or a tenth of the fleet within ten minutes.")
        @Pattern("^(Ignore|Replace)$")
        @Nullable String rebalance) {}
