package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How old the newest document may be. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.alias.matches(r'" + EtlShapes.ALIAS + "')",
    message = "alias must be " + EtlShapes.ALIAS_IS,
    fieldPath = ".alias")
@ValidationRule(
    value = "self.within.matches(r'" + FleetShapes.LASTS + "')",
    message = "within must be " + FleetShapes.LASTS_IS,
    fieldPath = ".within")
@ValidationRule(
    value = "!has(self.field) || self.field.matches(r'" + EtlShapes.FIELD + "')",
    message = "field must be " + EtlShapes.FIELD_IS,
    fieldPath = ".field")
public record EtlFreshnessSpec(
    @JsonPropertyDescription("The table, one of tables.")
        @Required
        @Size(max = EtlShapes.LONGEST_ALIAS)
        @Nullable String alias,
    @JsonPropertyDescription("The newest document is no older; new messages are worked on within.")
        @Required
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String within,
    @JsonPropertyDescription("The time in a document; @timestamp (default).")
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String field) {}
