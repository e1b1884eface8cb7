package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A condition as all of Kubernetes writes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusCondition(
    @JsonPropertyDescription("What is said, in CamelCase.") @Required @Size(max = 100)
        @Nullable String type,
    @JsonPropertyDescription("True, False or Unknown.") @Required @Pattern("^(True|False|Unknown)$")
        @Nullable String status,
    @JsonPropertyDescription("The generation of the spec that this was said about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("When the status last changed.") @Required @Size(max = 40)
        @Nullable String lastTransitionTime,
    @JsonPropertyDescription("Why, as one CamelCase word.") @Required @Size(max = 200)
        @Nullable String reason,
    @JsonPropertyDescription("Why, as a sentence; says what to do where something can be done.")
        @Required
        @Size(max = 4000)
        @Nullable String message) {}
