package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** How fast machines work. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EtlThroughputSpec(
    @JsonPropertyDescription(
            "Messages that one utility works on in an hour: a first guess, measured afterwards.")
        @Required
        @Min(0.001)
        @Max(1_000_000_000)
        @Nullable Double messagesPerUtilityHour) {}
