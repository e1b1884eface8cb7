package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How far from its loss the oldest message is kept. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.margin) || self.margin.matches(r'" + EtlShapes.RETENTION + "')",
    message = "margin must be " + EtlShapes.RETENTION_IS,
    fieldPath = ".margin")
public record EtlDeadlineSpec(
    @JsonPropertyDescription(
            "The oldest message must stay this far from the queue's retention; 2d (default).")
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String margin) {}
