package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A table that the workers write to. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.alias.matches(r'" + EtlShapes.ALIAS + "')",
    message = "alias must be " + EtlShapes.ALIAS_IS,
    fieldPath = ".alias")
@ValidationRule(
    value = "self.rollover.matches(r'" + FleetShapes.LASTS + "')",
    message = "rollover must be " + FleetShapes.LASTS_IS,
    fieldPath = ".rollover")
@ValidationRule(
    value = "!has(self.keep) || self.keep.matches(r'" + EtlShapes.KEEP + "')",
    message = "keep must be " + EtlShapes.KEEP_IS,
    fieldPath = ".keep")
@ValidationRule(
    value =
        "!has(self.keep) || !self.keep.matches(r'"
            + EtlShapes.KEEP
            + "') || !self.rollover.matches(r'"
            + FleetShapes.LASTS
            + "') || [self.rollover].all(x, [self.keep].all(y, "
            + EtlShapes.MINUTES_OF_X
            + " <= "
            + EtlShapes.MINUTES_OF_Y
            + "))",
    message = "keep must be as long as rollover or longer: an index goes with all that it holds",
    fieldPath = ".keep")
public record EtlTableSpec(
    @JsonPropertyDescription("The alias that programs write to and read from.")
        @Required
        @Size(max = EtlShapes.LONGEST_ALIAS)
        @Nullable String alias,
    @JsonPropertyDescription("How much time one index holds, such as 1d.")
        @Required
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String rollover,
    @JsonPropertyDescription(
            "An index is deleted once all of it is older; without this none ever is.")
        @Size(max = Shapes.LONGEST_DURATION)
        @Nullable String keep,
    @JsonPropertyDescription("Primaries of each new index; 1 (default).") @Min(1) @Max(1024)
        @Nullable Integer shards,
    @JsonPropertyDescription("Copies beside each primary; 1 (default).") @Min(0) @Max(20)
        @Nullable Integer replicas,
    @JsonPropertyDescription("What documents look like.") @Required @Nullable Mapping mapping,
    @JsonPropertyDescription("What must be done before an index goes for its age.")
        @Nullable Snapshot snapshot,
    @JsonPropertyDescription("The EsCluster that holds it; all tables of a pipeline are in one.")
        @Required
        @Nullable Cluster esCluster) {

  /** Where the mapping is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Mapping(
      @JsonPropertyDescription("A ConfigMap in the same namespace.") @Required
          @Nullable ConfigMap configMap) {}

  /** A key of a ConfigMap. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + FleetShapes.RESOURCE + "')",
      message = "name must be " + FleetShapes.RESOURCE_IS,
      fieldPath = ".name")
  @ValidationRule(
      value = "!has(self.key) || self.key.matches(r'" + EtlShapes.KEY + "')",
      message = "key must be " + EtlShapes.KEY_IS,
      fieldPath = ".key")
  public record ConfigMap(
      @JsonPropertyDescription("Its name.") @Required @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String name,
      @JsonPropertyDescription(
              "The key with the mapping as JSON, as the engine takes it; mapping.json (default).")
          @Size(max = EtlShapes.LONGEST_KEY)
          @Nullable String key) {}

  /** A snapshot that an index must be in. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.repository.matches(r'" + EtlShapes.REPOSITORY + "')",
      message = "repository must be " + EtlShapes.REPOSITORY_IS,
      fieldPath = ".repository")
  public record Snapshot(
      @JsonPropertyDescription(
              "The repository that must hold a snapshot of the whole index before it goes.")
          @Required
          @Size(max = Shapes.LONGEST_NAME)
          @Nullable String repository) {}

  /** An EsCluster in the same namespace. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + FleetShapes.RESOURCE + "')",
      message = "name must be " + FleetShapes.RESOURCE_IS,
      fieldPath = ".name")
  public record Cluster(
      @JsonPropertyDescription("Its name.") @Required @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String name) {}
}
