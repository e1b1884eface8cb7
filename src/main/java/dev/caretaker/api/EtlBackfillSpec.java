package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Objects that the workers shall work on once more. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.bucket.matches(r'" + EtlShapes.BUCKET + "')",
    message = "bucket must be " + EtlShapes.BUCKET_IS,
    fieldPath = ".bucket")
@ValidationRule(
    value = "!has(self.prefix) || self.prefix.matches(r'" + EtlShapes.PREFIX + "')",
    message = "prefix must be " + EtlShapes.PREFIX_IS,
    fieldPath = ".prefix")
@ValidationRule(
    value = "self.from.matches(r'" + Shapes.TIME + "')",
    message = "from must be " + Shapes.TIME_IS,
    fieldPath = ".from")
@ValidationRule(
    value = "self.to.matches(r'" + Shapes.TIME + "')",
    message = "to must be " + Shapes.TIME_IS,
    fieldPath = ".to")
@ValidationRule(
    value =
        "!self.from.matches(r'"
            + Shapes.TIME
            + "') || !self.to.matches(r'"
            + Shapes.TIME
            + "') || timestamp(self.from) < timestamp(self.to)",
    message = "from must be before to",
    fieldPath = ".from")
public record EtlBackfillSpec(
    @JsonPropertyDescription("The bucket with the objects, one of buckets.")
        @Required
        @Size(max = EtlShapes.LONGEST_BUCKET)
        @Nullable String bucket,
    @JsonPropertyDescription("How their keys begin; all by default.")
        @Size(max = EtlShapes.LONGEST_PREFIX)
        @Nullable String prefix,
    @JsonPropertyDescription("The first time of change, inclusive.")
        @Required
        @Size(max = Shapes.LONGEST_TIME)
        @Nullable String from,
    @JsonPropertyDescription("The last, exclusive.") @Required @Size(max = Shapes.LONGEST_TIME)
        @Nullable String to,
    @JsonPropertyDescription("NewestFirst (default) or OldestFirst.")
        @Pattern("^(NewestFirst|OldestFirst)$")
        @Nullable String order,
    @JsonPropertyDescription(
            "At most so many are sent before the queue was looked at again; 1000 (default).")
        @Min(1)
        @Max(10_000)
        @Nullable Integer limit,
    @JsonPropertyDescription(
            "Nothing is sent while more messages than this are in the queue; 100 (default).")
        @Min(1)
        @Max(10_000_000)
        @Nullable Integer onlyBelow) {}
