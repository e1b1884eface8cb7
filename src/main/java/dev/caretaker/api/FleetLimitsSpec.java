package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How fast and how one-sided a fleet may grow. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.sharePerType) || self.sharePerType.matches(r'" + FleetShapes.PERCENT + "')",
    message = "sharePerType must be " + FleetShapes.PERCENT_IS,
    fieldPath = ".sharePerType")
@ValidationRule(
    value = "!has(self.sharePerZone) || self.sharePerZone.matches(r'" + FleetShapes.PERCENT + "')",
    message = "sharePerZone must be " + FleetShapes.PERCENT_IS,
    fieldPath = ".sharePerZone")
public record FleetLimitsSpec(
    @JsonPropertyDescription("Utility that is bought within ten minutes, at most.")
        @Min(1)
        @Max(FleetShapes.MOST_UTILITY)
        @Nullable Integer newUtility,
    @JsonPropertyDescription("Machines of one type that are bought within ten minutes, at most.")
        @Min(1)
        @Max(10_000)
        @Nullable Integer perType,
    @JsonPropertyDescription(
            "Of the fleet's utility, in one instance type; 100% (default) is no " + "limit.")
        @Size(max = 4)
        @Nullable String sharePerType,
    @JsonPropertyDescription("Of the fleet's utility, in one zone; 100% (default) is no limit.")
        @Size(max = 4)
        @Nullable String sharePerZone) {}
