package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What runs on each machine, under supervisord. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.program.matches(r'" + EtlShapes.PROGRAM + "')",
    message = "program must be " + EtlShapes.PROGRAM_IS,
    fieldPath = ".program")
@ValidationRule(
    value = "!has(self.directory) || self.directory.matches(r'" + EtlShapes.DIRECTORY + "')",
    message = "directory must be " + EtlShapes.DIRECTORY_IS,
    fieldPath = ".directory")
@ValidationRule(
    value = "!has(self.configuration) || self.configuration.matches(r'" + Shapes.PATH + "')",
    message = "configuration must be " + Shapes.PATH_IS,
    fieldPath = ".configuration")
public record EtlProcessSpec(
    @JsonPropertyDescription("The program (etl) or group of programs (etl:*) of supervisord.")
        @Required
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String program,
    @JsonPropertyDescription("Where its code is on each machine; code needs it.")
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String directory,
    @JsonPropertyDescription("Whether to put sudo -n in front; docs/hosts.md has the sudoers line.")
        @Nullable Boolean sudo,
    @JsonPropertyDescription("The file for supervisorctl -c, where it is in none of its places.")
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String configuration) {}
