package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The manifests of the checkout, applied: what a team installs. The operator that follows from them
 * runs with its ServiceAccount's token and its Deployment's arguments.
 */
public record Manifests(ApiServer server, KubernetesClient client) {

  /** Where they put the operator. */
  public static final String NAMESPACE = "caretaker-system";

  /** Its ServiceAccount. */
  public static final String ACCOUNT = "caretaker";

  /** The name that the API server gives that account. */
  public static final String USER = "system:serviceaccount:" + NAMESPACE + ":" + ACCOUNT;

  /**
   * Applies an overlay with kubectl, and returns when its kinds are served.
   *
   * @throws IOException also where this build has no checkout beside it
   */
  public static Manifests apply(ApiServer server, KubernetesClient client, String overlay)
      throws IOException, InterruptedException {
    var folder = folder().resolve("overlays").resolve(overlay);
    var kubectl = Kubectl.of(server);
    kubectl.run("apply", "--server-side", "--force-conflicts", "-k", folder.toString());
    new Crds(client).awaitServed();
    return new Manifests(server, client);
  }

  /** What they give the operator; only the addresses are this machine's. */
  public OperatorAccess access() throws IOException, InterruptedException {
    var token = Kubectl.of(server).run("create", "token", ACCOUNT, "-n", NAMESPACE).strip();
    // The administrator's file without the administrator.
    var kubeconfig =
        Files.readString(server.kubeconfig())
            .replaceAll("user: \\{[^}]*}", "user: {token: " + token + "}");
    var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName("caretaker");
    var container = deployment.require().getSpec().getTemplate().getSpec().getContainers().get(0);
    var arguments =
        container.getArgs().stream()
            .filter(each -> !each.startsWith("--health-"))
            .map(each -> each.replace("$(POD_NAMESPACE)", NAMESPACE))
            .map(each -> each.replace("$(POD_NAME)", "caretaker-0"))
            .toList();
    return new OperatorAccess(kubeconfig, arguments);
  }

  /** In the folder that we run in, or in the checkout whose build we are. */
  private static Path folder() throws IOException {
    try {
      var build = Manifests.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Stream.of(Path.of(""), Path.of(build).resolve("../.."))
          .map(each -> each.toAbsolutePath().normalize().resolve("manifests"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow(
              () ->
                  new IOException(
                      "no folder manifests, neither here nor where Caretaker was built: run this"
                          + " in a checkout of Caretaker"));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a build has a place", e);
    }
  }
}
