package dev.caretaker.sandbox.stand;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** A team's namespace, which is not the operator's, with the Secret that its EsCluster names. */
public record Tenant(KubernetesClient client) {

  /** Its name. */
  public static final String NAMESPACE = "data";

  /** The Secret with the engine's credentials; the sandbox's engines ask for none. */
  public static final String CREDENTIALS = "es";

  /** Creates it, with the Secret of the hosts where they have one. */
  void create(Optional<Secret> hosts) {
    var namespace = new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata();
    client.resource(namespace.build()).create();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(CREDENTIALS)
                .endMetadata()
                .addToStringData("username", "caretaker")
                .addToStringData("password", "nobody-asks-for-it")
                .build())
        .inNamespace(NAMESPACE)
        .create();
    hosts.ifPresent(secret -> client.resource(secret).inNamespace(NAMESPACE).create());
  }

  /** Asks for its end; returns at once. */
  public void delete() {
    client.namespaces().withName(NAMESPACE).delete();
  }

  public boolean exists() {
    return Optional.ofNullable(client.namespaces().withName(NAMESPACE).get()).isPresent();
  }
}
