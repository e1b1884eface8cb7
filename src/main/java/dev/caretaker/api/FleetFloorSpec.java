package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What is kept whatever it costs. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FleetFloorSpec(
    @JsonPropertyDescription("Utility; 0 (default) is none. It outranks the budget.")
        @Min(0)
        @Max(FleetShapes.MOST_UTILITY)
        @Nullable Integer utility) {}
