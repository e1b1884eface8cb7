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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The zones of a cluster. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.list) || self.list.all(z, self.list.exists_one(o, o.name == z.name))",
    message = "a zone may be listed once only")
@ValidationRule(
    value = "!has(self.attribute) || self.attribute.matches(r'" + Shapes.ATTRIBUTE + "')",
    message = "attribute must be " + Shapes.ATTRIBUTE_IS,
    fieldPath = ".attribute")
public record EsZonesSpec(
    @JsonPropertyDescription(
            "The node attribute that names a node's zone: zone (default) stands for"
                + " node.attr.zone.")
        @Size(max = Shapes.LONGEST_ZONE)
        @Nullable String attribute,
    @JsonPropertyDescription("All zones that nodes are in.") @Size(max = Shapes.MOST_ZONES)
        @Nullable List<Zone> list) {

  /** One zone. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + Shapes.NAME + "')",
      message = "name must be " + Shapes.NAME_IS,
      fieldPath = ".name")
  public record Zone(
      @JsonPropertyDescription("The value of the zone attribute.")
          @Required
          @Size(max = Shapes.LONGEST_ZONE)
          @Nullable String name,
      @JsonPropertyDescription(
              "Reliable: machines stay. Risky: machines may vanish at any time, as spot machines"
                  + " do; data counts as safe only with a copy in a Reliable zone.")
          @Required
          @Pattern("^(Reliable|Risky)$")
          @Nullable String risk,
      @JsonPropertyDescription("How many copies of each shard the zone should hold.")
          @Min(0)
          @Max(100)
          @Nullable Integer copies) {}
}
