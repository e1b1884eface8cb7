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
import io.fabric8.generator.annotation.ValidationRule;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a person wants of a cluster; Caretaker never writes into it.
 *
 * @param unreadable paths of fields whose stored value has another type than this version expects;
 *     they are null here, and the spec must not be acted on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = EsClusterSpec.Reader.class)
@ValidationRule(
    value =
        "!has(self.hosts) || !has(self.hosts.list)"
            + " || self.hosts.list.all(h, !has(h.zone) || has(self.zones) && has(self.zones.list)"
            + " && self.zones.list.exists(z, z.name == h.zone))",
    message = "every zone in hosts.list must be one of zones.list")
@ValidationRule(
    value =
        "!has(self.hosts) || !has(self.hosts.fleets)"
            + " || self.hosts.fleets.all(f, has(self.zones) && has(self.zones.list)"
            + " && self.zones.list.exists(z, z.name == f.zone))",
    message = "every zone in hosts.fleets must be one of zones.list")
@ValidationRule(
    value =
        "!has(self.rollout) || !has(self.rollout.select) || "
            + "!has(self.rollout.select.zones) || self.rollout.select.zones.all(n, "
            + "has(self.zones) && has(self.zones.list) && self.zones.list.exists(z, z.name == n))",
    message = "every one of rollout.select.zones must be one of zones.list")
@ValidationRule(
    value =
        "!has(self.allocation) || !has(self.allocation.excludeZones) || "
            + "self.allocation.excludeZones.all(n, has(self.zones) && has(self.zones.list) && "
            + "self.zones.list.exists(z, z.name == n))",
    message = "every one of allocation.excludeZones must be one of zones.list")
@ValidationRule(
    value =
        "(has(self.zones) && has(self.zones.attribute) ? self.zones.attribute : 'zone') == "
            + "(has(oldSelf.zones) && has(oldSelf.zones.attribute) ? oldSelf.zones.attribute : "
            + "'zone')",
    message =
        "zones.attribute cannot be changed: delete this EsCluster, which puts back what is "
            + "held, and create it anew")
public record EsClusterSpec(
    @JsonPropertyDescription("How the cluster is reached and who may take it over.") @Required
        @Nullable EsConnectionSpec connection,
    @JsonPropertyDescription(
            "The zones that nodes are in, and whether the machines of a zone may vanish.")
        @Nullable EsZonesSpec zones,
    @JsonPropertyDescription("The machines whose Elasticsearch process may be stopped and started.")
        @Nullable EsHostsSpec hosts,
    @JsonPropertyDescription("Which nodes shall be restarted, and what is accepted meanwhile.")
        @Nullable EsRolloutSpec rollout,
    @JsonPropertyDescription(
            "Where shards may go while Caretaker does nothing; change it here, not with curl.")
        @Nullable EsAllocationSpec allocation,
    @JsonPropertyDescription(
            "No disruptive action while true. Observing, reporting and restoring go on.")
        @Nullable Boolean paused,
    @JsonPropertyDescription(
            "Yellow (default) or Green: how healthy the cluster must be for Ready. A cluster that"
                + " lost a spot node is yellow and not broken.")
        @Pattern("^(Yellow|Green)$")
        @Nullable String readyWhen,
    @JsonIgnore List<String> unreadable) {

  /** Reads field by field, so that one odd object cannot stop the list it stands in. */
  static final class Reader extends JsonDeserializer<EsClusterSpec> {
    @Override
    public EsClusterSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var fields = LenientFields.of(parser, "spec");
      return new EsClusterSpec(
          fields.read("connection", EsConnectionSpec.class),
          fields.read("zones", EsZonesSpec.class),
          fields.read("hosts", EsHostsSpec.class),
          fields.read("rollout", EsRolloutSpec.class),
          fields.read("allocation", EsAllocationSpec.class),
          fields.read("paused", Boolean.class),
          fields.read("readyWhen", String.class),
          fields.unreadable());
    }
  }
}
