package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a machine of each type is worth. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.rule) || self.rule.matches(r'" + FleetShapes.RULE + "')",
    message = "rule must be " + FleetShapes.RULE_IS,
    fieldPath = ".rule")
@ValidationRule(
    value = "!has(self.list) || self.list.all(m, self.list.exists_one(o, o.type == m.type))",
    message = "a type may be listed once only")
@ValidationRule(
    value = "has(self.rule) || has(self.list) && self.list.exists(m, has(m.utility))",
    message = "machines needs a rule, or a list with a utility")
public record FleetMachinesSpec(
    @JsonPropertyDescription(
            "The utility of a type that the list does not name, such as "
                + "min(memoryGiB, storageGB / 50, 60).")
        @Size(max = FleetShapes.LONGEST_RULE)
        @Nullable String rule,
    @JsonPropertyDescription("Types whose utility is known, or that are never bought.")
        @Size(max = FleetShapes.MOST_TYPES)
        @Nullable List<Machine> list) {

  /** One type. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.type.matches(r'" + FleetShapes.TYPE + "')",
      message = "type must be " + FleetShapes.TYPE_IS,
      fieldPath = ".type")
  @ValidationRule(
      value = "!has(self.utility) || self.utility.matches(r'" + FleetShapes.UTILITY + "')",
      message = "utility must be " + FleetShapes.UTILITY_IS,
      fieldPath = ".utility")
  @ValidationRule(
      value = "has(self.utility) != (has(self.excluded) && self.excluded)",
      message = "a type has a utility, or is excluded")
  public record Machine(
      @JsonPropertyDescription("The instance type.") @Required @Size(max = 65)
          @Nullable String type,
      @JsonPropertyDescription("What a machine of it is worth to the workload.") @Size(max = 13)
          @Nullable String utility,
      @JsonPropertyDescription("Never bought; what runs of it stays.")
          @Nullable Boolean excluded) {}
}
