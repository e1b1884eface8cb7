package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machines of a cluster, and the way to their processes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.list) || self.list.all(h, self.list.exists_one(o, o.node == h.node))",
    message = "a node may be listed once only")
@ValidationRule(
    value = "!has(self.list) || self.list.size() == 0 || has(self.access)",
    message = "hosts.access must say how the processes of hosts.list are reached")
@ValidationRule(
    value = "!has(self.fleets) || self.fleets.size() == 0 || has(self.access)",
    message = "hosts.access must say how the machines of hosts.fleets are reached")
@ValidationRule(
    value = "!has(self.fleets) || self.fleets.all(f, self.fleets.exists_one(o, o.name == f.name))",
    message = "a fleet may be listed once only")
@ValidationRule(
    value = "(has(self.access) && has(self.access.ssh)) == has(self.process)",
    message = "hosts.process says whom to ask over access.ssh: give both or none")
@ValidationRule(
    value =
        "!has(self.access) || !has(self.access.ssh) || !has(self.list)"
            + " || self.list.all(h, has(h.address) && h.address.size() > 0)",
    message = "with access.ssh every host in hosts.list needs an address")
@ValidationRule(
    value =
        "!has(self.process) || !self.process.program.startsWith('{node}') || !has(self.list)"
            + " || self.list.all(h, !h.node.startsWith('-'))",
    message = "a program must not begin with a dash, and process.program begins with {node}")
public record EsHostsSpec(
    @JsonPropertyDescription("How processes are stopped and started.") @Nullable Access access,
    @JsonPropertyDescription("Who supervises the processes behind access.ssh.")
        @Nullable EsProcessSpec process,
    @JsonPropertyDescription("The nodes that Caretaker may stop and start.")
        @Size(max = Shapes.MOST_NODES)
        @Nullable List<Host> list,
    @JsonPropertyDescription(
            "The SpotFleets whose machines are nodes of this cluster, in the same namespace;"
                + " node.name is the machine's instance id.")
        @Size(max = Shapes.MOST_FLEETS)
        @Nullable List<Fleet> fleets) {

  /** The way to the processes; exactly one. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.local) != has(self.ssh)",
      message = "hosts.access names one way: local or ssh")
  public record Access(
      @JsonPropertyDescription("Processes on the operator's own machine, under a keeper.")
          @Nullable Local local,
      @JsonPropertyDescription("Processes on machines behind sshd.") @Nullable EsSshSpec ssh) {}

  /** Processes on this machine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.keeper.matches(r'" + Shapes.KEEPER + "')",
      message = "keeper must be " + Shapes.KEEPER_IS,
      fieldPath = ".keeper")
  public record Local(
      @JsonPropertyDescription("URL of the keeper, such as http://127.0.0.1:9800.")
          @Required
          @Size(max = Shapes.LONGEST_URL)
          @Nullable String keeper) {}

  /** One fleet. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches(r'" + FleetShapes.RESOURCE + "')",
      message = "name must be " + FleetShapes.RESOURCE_IS,
      fieldPath = ".name")
  public record Fleet(
      @JsonPropertyDescription("Name of the SpotFleet, in the namespace of this resource.")
          @Required
          @Size(max = Shapes.LONGEST_SECRET)
          @Nullable String name,
      @JsonPropertyDescription("The zone its nodes belong to, one of zones.list.")
          @Required
          @Size(max = Shapes.LONGEST_ZONE)
          @Nullable String zone) {}

  /** One machine. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.node.matches(r'" + Shapes.NAME + "')",
      message = "node must be " + Shapes.NAME_IS,
      fieldPath = ".node")
  @ValidationRule(
      value = "!has(self.address) || self.address.matches(r'" + Shapes.ADDRESS + "')",
      message = "address must be " + Shapes.ADDRESS_IS,
      fieldPath = ".address")
  public record Host(
      @JsonPropertyDescription("node.name of the Elasticsearch node that runs there.")
          @Required
          @Size(max = Shapes.LONGEST_NAME)
          @Nullable String node,
      @JsonPropertyDescription("Where the machine is reached; the access local needs none.")
          @Size(max = Shapes.LONGEST_NAME)
          @Nullable String address,
      @JsonPropertyDescription("The zone the node belongs to, one of zones.list.")
          @Size(max = Shapes.LONGEST_ZONE)
          @Nullable String zone) {}
}
