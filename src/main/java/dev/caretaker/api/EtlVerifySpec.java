package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trial run on one machine, before a new pipeline is let loose. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.command.matches(r'" + EtlShapes.COMMAND + "')",
    message = "command must be " + EtlShapes.COMMAND_IS,
    fieldPath = ".command")
@ValidationRule(
    value = "!has(self.within) || self.within.matches(r'" + FleetShapes.LASTS + "')",
    message = "within must be " + FleetShapes.LASTS_IS,
    fieldPath = ".within")
@ValidationRule(
    value =
        "!has(self.tables) || self.tables.all(t, t.matches(r'"
            + EtlShapes.ALIAS
            + "') && self.tables.exists_one(o, o == t))",
    message = "every one of verify.tables must be named once and be " + EtlShapes.ALIAS_IS,
    fieldPath = ".tables")
@ValidationRule(
    value = "!has(self.restartedAt) || self.restartedAt.matches(r'" + Shapes.TIME + "')",
    message = "restartedAt must be " + Shapes.TIME_IS,
    fieldPath = ".restartedAt")
public record EtlVerifySpec(
    @JsonPropertyDescription("A shell's command; it has failed where it does not end with 0.")
        @Required
        @Size(max = EtlShapes.LONGEST_COMMAND)
        @Nullable String command,
    @JsonPropertyDescription("Tables in which it must have left documents.")
        @Size(max = EtlShapes.MOST_TABLES)
        @Nullable List<@Size(max = EtlShapes.LONGEST_ALIAS) String> tables,
    @JsonPropertyDescription("It has failed when it takes longer; 10m (default).")
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String within,
    @JsonPropertyDescription("Any new time asks for another run after one that failed; quote it.")
        @Size(max = Shapes.LONGEST_TIME)
        @Nullable String restartedAt) {}
