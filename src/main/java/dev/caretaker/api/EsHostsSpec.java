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
    value =
        "!has(self.list) || self.list.all(h, !has(h.instanceId)"
            + " || self.list.exists_one(o, has(o.instanceId) && o.instanceId == h.instanceId))",
    message = "a machine may be listed once only")
@ValidationRule(
    value =
        "!has(self.interruptions)"
            + " || (has(self.list) && self.list.exists(h, has(h.instanceId)))",
    message = "hosts.interruptions is for hosts in hosts.list with an instanceId")
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
        @Nullable List<Fleet> fleets,
    @JsonPropertyDescription(
            "Where EC2's notices about machines of hosts.list are read; SpotFleets name theirs.")
        @Nullable Interruptions interruptions) {

  /** A queue that EventBridge fills. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.region.matches(r'" + FleetShapes.REGION + "')",
      message = "region must be " + FleetShapes.REGION_IS,
      fieldPath = ".region")
  @ValidationRule(
      value = "self.queue.matches(r'" + FleetShapes.QUEUE + "')",
      message = "queue must be " + FleetShapes.QUEUE_IS,
      fieldPath = ".queue")
  public record Interruptions(
      @JsonPropertyDescription("Region of the queue and of the machines, such as us-west-2.")
          @Required
          @Size(max = 30)
          @Nullable String region,
      @JsonPropertyDescription("Name of the SQS queue; SpotFleets may read the same.")
          @Required
          @Size(max = 85)
          @Nullable String queue) {}

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
      value = "!has(self.instanceId) || self.instanceId.matches(r'" + FleetShapes.INSTANCE + "')",
      message = "instanceId must be " + FleetShapes.INSTANCE_IS,
      fieldPath = ".instanceId")
  @ValidationRule(
      value = "!has(self.instanceId) || has(self.zone)",
      message = "a host with an instanceId needs a zone")
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
          @Nullable String zone,
      @JsonPropertyDescription(
              "EC2's id of the machine, by which hosts.interruptions announces that it is taken.")
          @Size(max = 34)
          @Nullable String instanceId) {}
}
