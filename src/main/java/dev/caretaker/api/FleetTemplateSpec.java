package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The launch template that machines are made from. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.name.matches(r'" + FleetShapes.TEMPLATE + "')",
    message = "name must be " + FleetShapes.TEMPLATE_IS,
    fieldPath = ".name")
@ValidationRule(
    value = "self.version.matches(r'" + FleetShapes.VERSION + "')",
    message = "version must be " + FleetShapes.VERSION_IS,
    fieldPath = ".version")
public record FleetTemplateSpec(
    @JsonPropertyDescription("Its name.") @Required @Size(max = 128) @Nullable String name,
    @JsonPropertyDescription("The number of its version; not $Latest, so that machines stay alike.")
        @Required
        @Size(max = 9)
        @Nullable String version) {}
