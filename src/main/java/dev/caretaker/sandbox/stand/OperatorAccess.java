package dev.caretaker.sandbox.stand;

import java.net.URI;
import java.util.List;

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
