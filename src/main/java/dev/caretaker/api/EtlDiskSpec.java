package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be deleted on a machine whose disk is full. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.above.matches(r'" + FleetShapes.PERCENT + "')",
    message = "above must be " + FleetShapes.PERCENT_IS,
    fieldPath = ".above")
@ValidationRule(
    value = "self.remove.all(p, p.matches(r'" + EtlShapes.FILES + "'))",
    message = "every one of remove must be " + EtlShapes.FILES_IS,
    fieldPath = ".remove")
public record EtlDiskSpec(
    @JsonPropertyDescription("Used part of the disk above which files go, such as 90%.")
        @Required
        @Size(max = 4)
        @Nullable String above,
    @JsonPropertyDescription("What may go: regular files that are older than the program, only.")
        @Required
        @Size(min = 1, max = EtlShapes.MOST_FILES)
        @Nullable List<@Size(max = Shapes.LONGEST_NAME) String> remove) {}
