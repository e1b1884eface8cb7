package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The machines that the programs run on. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.fleet) != has(self.esCluster)",
    message = "workers are the machines of one fleet, or the nodes of one esCluster")
public record EtlWorkersSpec(
    @JsonPropertyDescription(
            "The SpotFleet that gives the machines; it names this pipeline in its"
                + " demand.pipelines.")
        @Nullable Fleet fleet,
    @JsonPropertyDescription("The EsCluster on whose nodes the programs run: ingestion.")
        @Nullable Cluster esCluster,
    @JsonPropertyDescription("How programs are started, stopped and updated.") @Required
        @Nullable Access access) {

  /** A SpotFleet in the same namespace. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + FleetShapes.RESOURCE + "')",
      message = "name must be " + FleetShapes.RESOURCE_IS,
      fieldPath = ".name")
  public record Fleet(
      @JsonPropertyDescription("Its name.") @Required @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String name) {}

  /** An EsCluster in the same namespace, and the zone of it that works. */
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
      @JsonPropertyDescription("The zone on whose nodes the programs run, such as spot.")
          @Required
          @Size(max = Shapes.LONGEST_ZONE)
          @Nullable String zone) {}

  /** The way to the machines; exactly one. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "[has(self.local), has(self.ssh), has(self.ssm)].filter(each, each).size() == 1",
      message = "workers.access names one way: ssh, ssm or local")
  public record Access(
      @JsonPropertyDescription("Machines behind sshd.") @Nullable EsSshSpec ssh,
      @JsonPropertyDescription("Machines under AWS Systems Manager; no port is open on them.")
          @Nullable Ssm ssm,
      @JsonPropertyDescription("Programs on the operator's own machine, under a keeper.")
          EsHostsSpec.@Nullable Local local) {}

  /** AWS Systems Manager. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.region) || self.region.matches(r'" + FleetShapes.REGION + "')",
      message = "region must be " + FleetShapes.REGION_IS,
      fieldPath = ".region")
  public record Ssm(
      @JsonPropertyDescription("Where the machines are; the region of the queue by default.")
          @Size(max = 30)
          @Nullable String region) {}
}
