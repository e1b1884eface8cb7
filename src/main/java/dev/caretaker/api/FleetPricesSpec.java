package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How prices are judged. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.history) || self.history.matches(r'" + FleetShapes.LASTS + "')",
    message = "history must be " + FleetShapes.LASTS_IS,
    fieldPath = ".history")
@ValidationRule(
    value = "!has(self.horizon) || self.horizon.matches(r'" + FleetShapes.LASTS + "')",
    message = "horizon must be " + FleetShapes.LASTS_IS,
    fieldPath = ".horizon")
@ValidationRule(
    value =
        "!has(self.maxUsdPerUtility) || self.maxUsdPerUtility.matches(r'"
            + FleetShapes.MONEY
            + "')",
    message = "maxUsdPerUtility must be " + FleetShapes.MONEY_IS,
    fieldPath = ".maxUsdPerUtility")
public record FleetPricesSpec(
    @JsonPropertyDescription(
            "Part of the hours of the history in which the ceiling would have "
                + "sufficed; 0.95 (default).")
        @Min(0.01)
        @Max(1)
        @Nullable Double percentile,
    @JsonPropertyDescription("How far back prices count; 7d (default).") @Size(max = 10)
        @Nullable String history,
    @JsonPropertyDescription(
            "How long a machine is wanted at least; 1d (default). Each price is "
                + "spread over it.")
        @Size(max = 10)
        @Nullable String horizon,
    @JsonPropertyDescription("A machine that costs more for each of its utility is not bought.")
        @Size(max = 20)
        @Nullable String maxUsdPerUtility) {}
