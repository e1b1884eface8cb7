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
public record EsHostsSpec(
    @JsonPropertyDescription("How processes are stopped and started.") @Nullable Access access,
    @JsonPropertyDescription("The nodes that Caretaker may stop and start.")
        @Size(max = Shapes.MOST_NODES)
        @Nullable List<Host> list) {

  /** The way to the processes; exactly one. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Access(
      @JsonPropertyDescription("Processes on the operator's own machine, under a keeper.") @Required
          @Nullable Local local) {}

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
