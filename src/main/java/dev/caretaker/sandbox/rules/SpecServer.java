package dev.caretaker.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/**
 * Asks a real API server what it makes of specs.
 *
 * @param kind of Caretaker's resources
 */
public record SpecServer(KubernetesClient client, String kind) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNPROCESSABLE = 422;

  /** One that is asked about EsClusters. */
  public static SpecServer ofEsClusters(KubernetesClient client) {
    return new SpecServer(client, "EsCluster");
  }

  /** Its refusal to create it; nothing is stored. */
  public Optional<Refusal> refusal(SpecTree spec) {
    return refused(() -> client.resource(resource(spec.tree())).dryRun().create());
  }

  /** Its refusal to change a stored spec into another one; leaves nothing behind. */
  public Optional<Refusal> refusal(SpecTree before, SpecTree after) {
    var stored = client.resource(resource(before.tree())).create();
    try {
      var changed = resource(after.tree());
      changed.setMetadata(stored.getMetadata());
      return refused(() -> client.resource(changed).dryRun().update());
    } finally {
      client.resource(stored).delete();
    }
  }

  private static Optional<Refusal> refused(Runnable request) {
    try {
      request.run();
      return Optional.empty();
    } catch (KubernetesClientException refusal) {
      if (refusal.getCode() == UNPROCESSABLE) {
        return Optional.of(new Refusal(String.valueOf(refusal.getMessage()), causes(refusal)));
      }
      throw refusal;
    }
  }

  private static List<Refusal.Cause> causes(KubernetesClientException refusal) {
    return refusal.getStatus().getDetails().getCauses().stream()
        .map(
            each ->
                new Refusal.Cause(
                    String.valueOf(each.getField()), String.valueOf(each.getMessage())))
        .toList();
  }

  private GenericKubernetesResource resource(JsonNode spec) {
    var resource =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("caretaker.dev/v1alpha1")
            .withKind(kind)
            .withNewMetadata()
            .withNamespace("default")
            .withGenerateName("rules-")
            .endMetadata()
            .build();
    resource.setAdditionalProperty("spec", JSON.convertValue(spec, Object.class));
    return resource;
  }
}
