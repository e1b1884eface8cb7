package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What runs on the machines, where they hold data. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FleetWorkloadSpec(
    @JsonPropertyDescription(
            "The EsCluster whose nodes run on the machines: each leaves only once "
                + "its node is proven empty.")
        @Required
        @Nullable Cluster esCluster) {

  /** An EsCluster in the same namespace. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + FleetShapes.RESOURCE + "')",
      message = "name must be " + FleetShapes.RESOURCE_IS,
      fieldPath = ".name")
  @ValidationRule(
      value = "self.zone.matches(r'" + Shapes.NAME + "')",
      message = "zone must be " + Shapes.NAME_IS,
      fieldPath = ".zone")
  public record Cluster(
      @JsonPropertyDescription("Its name.") @Required @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String name,
      @JsonPropertyDescription("The zone of that cluster that the machines are in, such as spot.")
          @Required
          @Size(max = Shapes.LONGEST_ZONE)
          @Nullable String zone) {}
}
