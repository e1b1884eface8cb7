package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a person wants of a fleet; Caretaker never writes into it.
 *
 * @param unreadable paths of fields whose stored value has another type than this version expects
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = SpotFleetSpec.Reader.class)
@ValidationRule(
    value = "self.region.matches(r'" + FleetShapes.REGION + "')",
    message = "region must be " + FleetShapes.REGION_IS,
    fieldPath = ".region")
@ValidationRule(
    value = "!has(self.joinWithin) || self.joinWithin.matches(r'" + FleetShapes.LASTS + "')",
    message = "joinWithin must be " + FleetShapes.LASTS_IS,
    fieldPath = ".joinWithin")
@ValidationRule(
    value =
        "self.subnets.all(s, s.matches(r'"
            + FleetShapes.SUBNET
            + "') && self.subnets.exists_one(o, o == s))",
    message = "every one of subnets must be named once and be " + FleetShapes.SUBNET_IS,
    fieldPath = ".subnets")
@ValidationRule(
    value = "!has(self.workload) || !has(self.shrink) || self.shrink != 'Immediate'",
    message = "shrink Immediate would lose data: with a workload machines leave by handshake only")
@ValidationRule(
    value =
        "!has(self.workload) || !has(self.deletionPolicy)"
            + " || self.deletionPolicy != 'Terminate'",
    message = "deletionPolicy Terminate would lose data: with a workload say Drain or Orphan")
@ValidationRule(
    value =
        "has(self.workload) == has(oldSelf.workload)"
            + " && (!has(self.workload) || self.workload.esCluster == oldSelf.workload.esCluster)",
    message = "workload cannot be changed: create another SpotFleet for that")
@ValidationRule(
    value = "self.region == oldSelf.region",
    message = "region cannot be changed: create a SpotFleet in the other region")
public record SpotFleetSpec(
    @JsonPropertyDescription("Where the machines are.") @Required @Size(max = 30)
        @Nullable String region,
    @JsonPropertyDescription("Where machines may be started; name several zones.")
        @Required
        @Size(min = 1, max = FleetShapes.MOST_SUBNETS)
        @Nullable List<@Size(max = 39) String> subnets,
    @JsonPropertyDescription("What machines are made from.") @Required
        @Nullable FleetTemplateSpec launchTemplate,
    @JsonPropertyDescription("What the fleet may spend.") @Required
        @Nullable FleetBudgetSpec budget,
    @JsonPropertyDescription("How prices are judged.") @Nullable FleetPricesSpec prices,
    @JsonPropertyDescription("How fast and how one-sided the fleet may grow.")
        @Nullable FleetLimitsSpec limits,
    @JsonPropertyDescription("What is kept whatever it costs.") @Nullable FleetFloorSpec floor,
    @JsonPropertyDescription("How much is wanted.") @Required @Nullable FleetDemandSpec demand,
    @JsonPropertyDescription("What a machine of each type is worth.") @Required
        @Nullable FleetMachinesSpec machines,
    @JsonPropertyDescription("What runs on the machines, where they hold data.")
        @Nullable FleetWorkloadSpec workload,
    @JsonPropertyDescription(
            "Drain (default), Immediate (only without workload) or Never: how "
                + "machines are given back.")
        @Pattern("^(Drain|Immediate|Never)$")
        @Nullable String shrink,
    @JsonPropertyDescription(
            "A machine that is not at work by then is given back, and its pool cools "
                + "down; 15m (default).")
        @Size(max = 10)
        @Nullable String joinWithin,
    @JsonPropertyDescription("How the fleet learns that EC2 takes machines back.")
        @Nullable FleetInterruptionSpec interruption,
    @JsonPropertyDescription(
            "Orphan, Drain or Terminate (only without workload): what becomes of the "
                + "machines with the resource. Orphan is the default with a workload, "
                + "Terminate without.")
        @Pattern("^(Orphan|Drain|Terminate)$")
        @Nullable String deletionPolicy,
    @JsonPropertyDescription("Nothing is bought or given back while true; observing goes on.")
        @Nullable Boolean paused,
    @JsonIgnore List<String> unreadable) {

  /** Reads field by field, so that one odd object cannot stop the list it stands in. */
  static final class Reader extends JsonDeserializer<SpotFleetSpec> {
    @Override
    public SpotFleetSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var fields = LenientFields.of(parser, "spec");
      return new SpotFleetSpec(
          fields.read("region", String.class),
          fields.texts("subnets"),
          fields.read("launchTemplate", FleetTemplateSpec.class),
          fields.read("budget", FleetBudgetSpec.class),
          fields.read("prices", FleetPricesSpec.class),
          fields.read("limits", FleetLimitsSpec.class),
          fields.read("floor", FleetFloorSpec.class),
          fields.read("demand", FleetDemandSpec.class),
          fields.read("machines", FleetMachinesSpec.class),
          fields.read("workload", FleetWorkloadSpec.class),
          fields.read("shrink", String.class),
          fields.read("joinWithin", String.class),
          fields.read("interruption", FleetInterruptionSpec.class),
          fields.read("deletionPolicy", String.class),
          fields.read("paused", Boolean.class),
          fields.unreadable());
    }
  }
}
