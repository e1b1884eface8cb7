package dev.caretaker.command;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.EsPolicyParser;
import dev.caretaker.mapping.Parsed;
import dev.caretaker.mapping.Problem;
import dev.caretaker.operator.Kubeconfig;
import dev.caretaker.operator.Ports;
import dev.caretaker.operator.RealConnector;
import dev.caretaker.operator.SecretReader;
import dev.caretaker.operator.Secrets;
import dev.caretaker.plan.RecordedView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how to get to a cluster, and one look at it; nothing is ever written. */
final class ClusterReading {
  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "Namespace of resources that name none; default: ${DEFAULT-VALUE}.")
  String namespace = "default";

  @Option(
      names = "--kubeconfig",
      description = "The kubeconfig file; for Secrets of a spec, and the status of a SpotFleet.")
  @Nullable Path kubeconfig;

  @Option(names = "--context", description = "The context of the kubeconfig.")
  @Nullable String context;

  /** {@code namespace/name}. */
  String name(EsCluster resource) {
    return namespaceOf(resource) + "/" + resource.getMetadata().getName();
  }

  /**
   * What the file asks for.
   *
   * @throws IOException with everything that is wrong with it
   */
  EsCare care(EsCluster resource) throws IOException {
    var parsed = parsed(resource);
    if (parsed.value().isEmpty()) {
      var problems = parsed.problems().stream().map(Problem::text).toList();
      throw new IOException(
          "EsCluster " + name(resource) + ":\n  " + String.join("\n  ", problems));
    }
    return parsed.value().get();
  }

  /** The same with everything that is wrong with it as values. */
  Parsed<EsCare> parsed(EsCluster resource) {
    if (resource.getMetadata().getNamespace() == null) {
      resource.getMetadata().setNamespace(namespace);
    }
    return EsPolicyParser.parse(EsPolicyParser.owner(resource), resource.getSpec());
  }

  /** Whether the options say which API server is meant. */
  boolean namesAnApiServer() {
    return kubeconfig != null || context != null;
  }

  /** A way to the API server that the options name; connects to nothing yet. */
  KubernetesClient client() {
    var config = Kubeconfig.load(kubeconfig, context);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * Reads the cluster once.
   *
   * @throws IOException also where the cluster does not answer
   */
  RecordedView read(EsCluster resource, EsCare care) throws IOException {
    var secrets = secrets(namespaceOf(resource), care.access());
    try (var ports =
        new RealConnector().open(care.access(), care.policy().zoneAttribute(), secrets)) {
      var view = view(care, ports);
      if (view.cluster() instanceof Observed.Unknown<?> unknown) {
        throw new IOException(
            "the cluster of %s cannot be read: %s".formatted(name(resource), unknown.cause()));
      }
      var recoveries = ports.engine().recoveries().ifKnown().orElse(List.of());
      return RecordedView.of(view, recoveries).orElseThrow();
    }
  }

  private static EsView view(EsCare care, Ports ports) {
    var readAt = Clock.systemUTC().instant();
    var cluster = ports.engine().read(Set.of());
    var serving = ports.engine().probe();
    var processes = ports.hosts().readAll(care.policy().hosts().keySet());
    return new EsView(readAt, cluster, serving, processes, List.of());
  }

  /** The resource's own, or else what the options say. */
  String namespaceOf(HasMetadata resource) {
    return Optional.ofNullable(resource.getMetadata().getNamespace()).orElse(namespace);
  }

  private Secrets secrets(String from, EsAccess access) throws IOException {
    var names = access.secrets();
    if (names.isEmpty()) {
      return Secrets.NONE;
    }
    try (var client = client()) {
      return new SecretReader(client).read(from, names, Secrets.NONE);
    } catch (KubernetesClientException e) {
      throw new IOException(
          "the Secrets %s of namespace %s cannot be read: %s"
              .formatted(names, from, e.getMessage()),
          e);
    }
  }
}
