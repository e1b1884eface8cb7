package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much is wanted. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.utility) != has(self.pipelines)",
    message = "demand is a utility, or comes from pipelines")
@ValidationRule(
    value =
        "!has(self.pipelines)"
            + " || self.pipelines.all(p, self.pipelines.exists_one(o, o.name == p.name))",
    message = "a pipeline may be named once only: its demand would count twice",
    fieldPath = ".pipelines")
public record FleetDemandSpec(
    @JsonPropertyDescription("Wanted utility; 0 stops the fleet.")
        @Min(0)
        @Max(FleetShapes.MOST_UTILITY)
        @Nullable Integer utility,
    @JsonPropertyDescription("EtlPipelines whose demand is added up.")
        @Size(min = 1, max = FleetShapes.MOST_PIPELINES)
        @Nullable List<Pipeline> pipelines) {

  /** An EtlPipeline in the same namespace. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + FleetShapes.RESOURCE + "')",
      message = "name must be " + FleetShapes.RESOURCE_IS,
      fieldPath = ".name")
  public record Pipeline(
      @JsonPropertyDescription("Its name.") @Required @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String name) {}
}
