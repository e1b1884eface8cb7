package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a fleet may spend. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.usdPerHour.matches(r'" + FleetShapes.MONEY + "')",
    message = "usdPerHour must be " + FleetShapes.MONEY_IS,
    fieldPath = ".usdPerHour")
public record FleetBudgetSpec(
    @JsonPropertyDescription(
            "What the machines may cost together in an hour, at launch and whenever "
                + "prices rise; only safety and the floor outrank it.")
        @Required
        @Size(max = 20)
        @Nullable String usdPerHour) {}
