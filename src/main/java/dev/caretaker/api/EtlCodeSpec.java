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

/** The code that the workers shall run. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.repository.matches(r'" + EtlShapes.SOURCE + "')",
    message = "repository must be " + EtlShapes.SOURCE_IS,
    fieldPath = ".repository")
@ValidationRule(
    value = "self.branch.matches(r'" + EtlShapes.BRANCH + "')",
    message = "branch must be " + EtlShapes.BRANCH_IS,
    fieldPath = ".branch")
@ValidationRule(
    value = "self.revision.matches(r'" + EtlShapes.REVISION + "')",
    message = "revision must be " + EtlShapes.REVISION_IS,
    fieldPath = ".revision")
public record EtlCodeSpec(
    @JsonPropertyDescription("Where git fetches it from.")
        @Required
        @Size(max = EtlShapes.LONGEST_SOURCE)
        @Nullable String repository,
    @JsonPropertyDescription("The branch that the revision is on.")
        @Required
        @Size(max = EtlShapes.LONGEST_BRANCH)
        @Nullable String branch,
    @JsonPropertyDescription(
            "The whole hash of the commit; not a branch, so that machines stay alike.")
        @Required
        @Size(max = EtlShapes.LONGEST_REVISION)
        @Nullable String revision,
    @JsonPropertyDescription("How machines are brought to it.") @Nullable Update update) {

  /** How machines are brought to a revision. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "!has(self.spareAboveCpu) || self.spareAboveCpu.matches(r'" + FleetShapes.PERCENT + "')",
      message = "spareAboveCpu must be " + FleetShapes.PERCENT_IS,
      fieldPath = ".spareAboveCpu")
  @ValidationRule(
      value = "!has(self.spareFor) || self.spareFor.matches(r'" + FleetShapes.LASTS + "')",
      message = "spareFor must be " + FleetShapes.LASTS_IS,
      fieldPath = ".spareFor")
  public record Update(
      @JsonPropertyDescription("Machines that are updated together; 10 (default).")
          @Min(1)
          @Max(EtlShapes.MOST_UPDATED)
          @Nullable Integer atOnce,
      @JsonPropertyDescription(
              "A machine whose processors are busier keeps its program for now; without this none"
                  + " is spared.")
          @Size(max = 4)
          @Nullable String spareAboveCpu,
      @JsonPropertyDescription(
              "A busy machine is updated all the same once it was spared so long; 1h (default).")
          @Size(max = Shapes.LONGEST_DURATION)
          @Nullable String spareFor,
      @JsonPropertyDescription(
              "Report (default) or Replace: what becomes of a machine that cannot be updated.")
          @Pattern("^(Report|Replace)$")
          @Nullable String onFailure) {}
}
