package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.Kubectl;
import dev.caretaker.testkit.ArgoHealth;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A spec that comes from Git, again and again, while the operator works. */
@RequiresApiServer
class GitOpsTest {
  private static final String NAME = "main";
  private static final int MOST_LOOKS = 600;
  private static final int FOUR_NODES = 4;

  private final ApiServer server;
  private final CareGround ground;

  GitOpsTest(ApiServer server) throws IOException {
    this.server = server;
    this.ground = new CareGround(server);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void shouldBounceOnceWhileFluxAppliesTheSameFileAgainAndAgain() throws IOException {
    var file = file(ground.bounce());
    var health = new TreeSet<String>();

    apply(file);
    for (int i = 0; i < MOST_LOOKS && !bounced(); i++) {
      ground.step(NAME);
      apply(file);
      health.add(ArgoHealth.esCluster().of(ground.read(NAME)).status());
    }
    ground.settle(NAME, 5);
    var before = ground.read(NAME).getMetadata();
    apply(file);
    var after = ground.read(NAME).getMetadata();

    assertThat(stops()).hasSize(FOUR_NODES).doesNotHaveDuplicates();
    assertThat(after.getResourceVersion()).isEqualTo(before.getResourceVersion());
    assertThat(after.getGeneration()).isEqualTo(1);
    assertThat(ownersOfSpec()).containsExactly("kustomize-controller");
    assertThat(health).contains("Progressing").doesNotContain("Degraded", "Suspended");
    assertThat(ArgoHealth.esCluster().of(ground.read(NAME)).status()).isEqualTo("Healthy");
  }

  @Test
  void shouldBounceOnceWhileArgoPrunesAndHeals() throws Exception {
    var folder = Files.createDirectories(Path.of("target", "gitops", ground.namespace));
    var file = folder.resolve("main.yaml");
    Files.writeString(file, Serialization.asYaml(file(ground.bounce())));

    sync(folder);
    var healed = 0;
    for (int i = 0; i < MOST_LOOKS && !bounced(); i++) {
      ground.step(NAME);
      if (i == 10) {
        ground.edit(NAME, CareGround.SPEC);
      }
      if (i % 20 == 15) {
        healed += sync(folder).contains("configured") ? 1 : 0;
      }
    }
    ground.settle(NAME, 5);

    assertThat(stops()).hasSize(FOUR_NODES).doesNotHaveDuplicates();
    // The person's edit, and nothing else: what the operator writes is not drift.
    assertThat(healed).isEqualTo(1);
    assertThat(sync(folder)).contains("unchanged");
  }

  /** As the kustomize-controller of Flux does, which takes back what it owns. */
  private void apply(GenericKubernetesResource file) {
    ground
        .client
        .resource(file)
        .fieldManager("kustomize-controller")
        .forceConflicts()
        .serverSideApply();
  }

  private String sync(Path folder) throws IOException, InterruptedException {
    return Kubectl.of(server)
        .run(
            "apply",
            "--namespace=" + ground.namespace,
            "--filename=" + folder,
            "--prune",
            "--all",
            "--prune-allowlist=caretaker.dev/v1alpha1/EsCluster",
            "--prune-allowlist=core/v1/Secret",
            "--prune-allowlist=core/v1/ConfigMap");
  }

  private GenericKubernetesResource file(String spec) {
    var yaml =
        "apiVersion: caretaker.dev/v1alpha1\nkind: EsCluster\n"
            + "metadata: {name: %s, namespace: %s}\nspec:\n%s\n"
                .formatted(NAME, ground.namespace, spec.indent(2));
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }

  private boolean bounced() {
    return stops().size() == FOUR_NODES && ground.mark().isEmpty();
  }

  private List<String> stops() {
    return ground.world.timeline().stream()
        .filter(each -> each.contains("Caretaker stops "))
        .map(each -> each.replaceAll("^\\d+ ", ""))
        .toList();
  }

  private Set<String> ownersOfSpec() {
    return ground.read(NAME).getMetadata().getManagedFields().stream()
        .filter(each -> fields(each).containsKey("f:spec"))
        .map(ManagedFieldsEntry::getManager)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Object> fields(ManagedFieldsEntry entry) {
    return entry.getFieldsV1().getAdditionalProperties();
  }
}
