package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The declared baseline of the cluster's routing settings. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.excludeNodes) || self.excludeNodes.all(n, n.matches(r'" + Shapes.NAME + "'))",
    message = "every one of excludeNodes must be " + Shapes.NAME_IS,
    fieldPath = ".excludeNodes")
public record EsAllocationSpec(
    @JsonPropertyDescription(
            "cluster.routing.allocation.enable while nothing holds it: all (default), primaries,"
                + " new_primaries or none.")
        @Pattern("^(all|primaries|new_primaries|none)$")
        @Nullable String enable,
    @JsonPropertyDescription(
            "Drain these nodes (node.name) until nothing is left on them; removing a line cancels"
                + " it.")
        @Size(max = Shapes.MOST_NODES)
        @Nullable List<@Size(max = Shapes.LONGEST_NAME) String> excludeNodes,
    @JsonPropertyDescription("Drain all nodes of these zones.") @Size(max = Shapes.MOST_ZONES)
        @Nullable List<@Size(max = Shapes.LONGEST_ZONE) String> excludeZones,
    @JsonPropertyDescription(
            "What to do with a value on Caretaker's settings that somebody else wrote. Report"
                + " (default): show it and wait. TakeOver: record and clear it.")
        @Pattern("^(Report|TakeOver)$")
        @Nullable String conflicts) {}
