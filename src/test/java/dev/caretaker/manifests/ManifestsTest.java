package dev.caretaker.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.Kubectl;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kubectl builds both overlays, and the API server takes all of them. */
@RequiresApiServer
class ManifestsTest {
  private static final String NAMESPACE = "caretaker-system";

  private final ApiServer server;

  ManifestsTest(ApiServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"single-namespace", "whole-cluster"})
  void shouldBeTaken(String overlay) throws Exception {
    var kubectl = Kubectl.of(server);
    var folder = "manifests/overlays/" + overlay;

    kubectl.run("apply", "--server-side", "--force-conflicts", "-k", folder);
    var again = kubectl.run("apply", "--server-side", "-k", folder);

    assertThat(again).contains("deployment.apps/caretaker").contains("networkpolicy");
    assertThat(kubectl.run("diff", "--server-side", "-k", folder)).isEmpty();
    try (var client = ApiServerClients.open(server)) {
      var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName("caretaker");
      var template = deployment.require().getSpec().getTemplate();
      var pod =
          new PodBuilder()
              .withNewMetadata()
              .withName("one")
              .withNamespace(NAMESPACE)
              .withLabels(template.getMetadata().getLabels())
              .endMetadata()
              .withSpec(template.getSpec())
              .build();
      // The namespace takes restricted pods only.
      assertThat(client.resource(pod).dryRun().create().getSpec().getServiceAccountName())
          .isEqualTo("caretaker");
    } finally {
      kubectl.run("delete", "clusterrole,clusterrolebinding", "--ignore-not-found", "caretaker");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"single-namespace", "whole-cluster"})
  void shouldTakeTheMonitorAsAComponent(String overlay) throws Exception {
    var folder = java.nio.file.Path.of("target", "manifests", overlay);
    java.nio.file.Files.createDirectories(folder);
    var up = "../../../manifests/";
    java.nio.file.Files.writeString(
        folder.resolve("kustomization.yaml"),
        "resources: [%soverlays/%s]\ncomponents: [%scomponents/service-monitor]\n"
            .formatted(up, overlay, up));

    var built = Kubectl.of(server).run("kustomize", folder.toString());

    assertThat(built).contains("kind: ServiceMonitor").contains("kind: Deployment");
  }
}
