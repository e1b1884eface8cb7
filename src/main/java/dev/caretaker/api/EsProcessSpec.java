package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The process of a node on its machine, and who supervises it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.program.matches(r'" + Shapes.PROGRAM + "')",
    message = "program must be " + Shapes.PROGRAM_IS,
    fieldPath = ".program")
@ValidationRule(
    value = "!has(self.configuration) || self.configuration.matches(r'" + Shapes.PATH + "')",
    message = "configuration must be " + Shapes.PATH_IS,
    fieldPath = ".configuration")
@ValidationRule(
    value = "!has(self.dataPath) || self.dataPath.matches(r'" + Shapes.PATH + "')",
    message = "dataPath must be " + Shapes.PATH_IS,
    fieldPath = ".dataPath")
@ValidationRule(
    value = "!has(self.configuration) || self.kind == 'Supervisor'",
    message = "process.configuration is a file of supervisorctl; systemctl has none")
public record EsProcessSpec(
    @JsonPropertyDescription("Supervisor (supervisorctl) or Systemd (systemctl).")
        @Required
        @Pattern("^(Supervisor|Systemd)$")
        @Nullable String kind,
    @JsonPropertyDescription(
            "The program (es, group:es) or unit (elasticsearch.service); {node} stands for the"
                + " node's name.")
        @Required
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String program,
    @JsonPropertyDescription("Whether to put sudo -n in front; docs/hosts.md has the sudoers line.")
        @Nullable Boolean sudo,
    @JsonPropertyDescription("The file for supervisorctl -c, where it is in none of its places.")
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String configuration,
    @JsonPropertyDescription("A directory of the node's data, to see its disk while it is away.")
        @Size(max = Shapes.LONGEST_NAME)
        @Nullable String dataPath) {}
