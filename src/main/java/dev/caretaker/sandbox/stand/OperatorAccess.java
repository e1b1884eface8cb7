package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.stand.StandOptions.OperatorChoice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * How an operator process gets to its API server, and what it is told.
 *
 * @param kubeconfig the text of such a file
 * @param arguments of the command, but for its port
 */
public record OperatorAccess(String kubeconfig, List<String> arguments) {

  public OperatorAccess {
    arguments = List.copyOf(arguments);
  }

  /** As the sandbox was asked to run its operator. */
  static OperatorAccess of(
      OperatorChoice choice,
      ControlPlane control,
      KubernetesClient client,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    return switch (choice) {
      case RECORDED -> recorded(control.operatorUrl());
      case FROM_MANIFESTS -> {
        progress.accept("Applying manifests/overlays/whole-cluster");
        yield Manifests.apply(control.server().orElseThrow(), client, "whole-cluster").access();
      }
    };
  }

  /** Through a recorder that knows the credentials: everything is allowed. */
  static OperatorAccess recorded(URI api) {
    var kubeconfig =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: sandbox
          cluster: {server: "%s"}
        users:
        - name: operator
          user: {}
        contexts:
        - name: sandbox
          context: {cluster: sandbox, user: operator, namespace: default}
        current-context: sandbox
        """
            .formatted(api);
    // With a stable identity the Lease of a killed process is its successor's at once.
    return new OperatorAccess(
        kubeconfig, List.of("run", "--leader-election", "--identity=sandbox"));
  }
}
