package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A bucket that the workers read or write. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.name.matches(r'" + EtlShapes.BUCKET + "')",
    message = "name must be " + EtlShapes.BUCKET_IS,
    fieldPath = ".name")
public record EtlBucketSpec(
    @JsonPropertyDescription("Its name.") @Required @Size(max = EtlShapes.LONGEST_BUCKET)
        @Nullable String name,
    @JsonPropertyDescription("Whether Caretaker makes it where it is absent; false (default).")
        @Nullable Boolean create) {}
