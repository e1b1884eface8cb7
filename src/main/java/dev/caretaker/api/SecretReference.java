package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A Secret in the namespace of the resource that names it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.name.matches(r'" + Shapes.SECRET + "')",
    message = "name must be " + Shapes.SECRET_IS,
    fieldPath = ".name")
public record SecretReference(
    @JsonPropertyDescription("Name of a Secret in the same namespace.")
        @Required
        @Size(max = Shapes.LONGEST_SECRET)
        @Nullable String name) {}
