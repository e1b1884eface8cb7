package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The resources of one kind as a person with kubectl reads and writes them. */
public final class CustomResources {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String namespace;
  private final ResourceDefinitionContext kind;

  private CustomResources(KubernetesClient client, String namespace, String kind) {
    this.client = client;
    this.namespace = namespace;
    this.kind =
        new ResourceDefinitionContext.Builder()
            .withGroup("caretaker.dev")
            .withVersion("v1alpha1")
            .withKind(kind)
            .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
            .withNamespaced(true)
            .build();
  }

  static CustomResources esClusters(KubernetesClient client, String namespace) {
    return new CustomResources(client, namespace, "EsCluster");
  }

  static CustomResources spotFleets(KubernetesClient client, String namespace) {
    return new CustomResources(client, namespace, "SpotFleet");
  }

  static CustomResources etlPipelines(KubernetesClient client, String namespace) {
    return new CustomResources(client, namespace, "EtlPipeline");
  }

  /** Creates the object, or makes an existing one's spec equal. */
  public void apply(JsonNode object) throws IOException {
    var wanted = JSON.treeToValue(object, GenericKubernetesResource.class);
    var resource = resource(object.path("metadata").path("name").asText());
    if (Optional.ofNullable(resource.get()).isPresent()) {
      resource.patch(MERGE, object.toString());
    } else {
      client.genericKubernetesResources(kind).inNamespace(namespace).resource(wanted).create();
    }
  }

  /**
   * Changes a part of an object.
   *
   * @param patch a JSON merge patch, such as {@code {"spec":{"paused":true}}}
   */
  public void patch(String name, String patch) {
    resource(name).patch(MERGE, patch);
  }

  /** Makes an object forget everything that the operator wrote into its status. */
  public void wipeStatus(String name) throws IOException {
    var wiped = read(name);
    var fields = JSON.createObjectNode();
    wiped.path("status").fieldNames().forEachRemaining(field -> fields.putNull(field));
    resource(name).subresource("status").patch(MERGE, "{\"status\":" + fields + "}");
  }

  public void delete(String name) {
    resource(name).delete();
  }

  /** Removes an object and the definitions that were not there before. */
  void leaveNothing(String name, Crds crds) {
    delete(name);
    // The operator may still have something to restore; it removes its finalizer when it has.
    resource(name).waitUntilCondition(gone -> gone == null, 20, TimeUnit.SECONDS);
    crds.remove();
  }

  public boolean exists(String name) {
    return Optional.ofNullable(resource(name).get()).isPresent();
  }

  /** The whole object; missing JSON where there is none. */
  public JsonNode read(String name) throws IOException {
    var object = Optional.ofNullable(resource(name).get());
    return object.isPresent() ? JSON.valueToTree(object.get()) : JSON.missingNode();
  }

  /** All objects of the namespace. */
  public List<JsonNode> all() {
    return client.genericKubernetesResources(kind).inNamespace(namespace).list().getItems().stream()
        .map(object -> (JsonNode) JSON.valueToTree(object))
        .toList();
  }

  /** One condition of an object; missing JSON where it has none of the type. */
  public JsonNode condition(String name, String type) throws IOException {
    for (var condition : read(name).path("status").path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return JSON.missingNode();
  }

  private Resource<GenericKubernetesResource> resource(String name) {
    return client.genericKubernetesResources(kind).inNamespace(namespace).withName(name);
  }
}
