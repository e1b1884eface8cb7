package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How much may be asked of the fleet. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.min) || self.min <= self.max",
    message = "min must not be above max",
    fieldPath = ".min")
public record EtlScaleSpec(
    @JsonPropertyDescription("Utility that is asked for at least; 0 (default).")
        @Min(0)
        @Max(FleetShapes.MOST_UTILITY)
        @Nullable Integer min,
    @JsonPropertyDescription("Utility that is asked for at most.")
        @Required
        @Min(0)
        @Max(FleetShapes.MOST_UTILITY)
        @Nullable Integer max) {}
