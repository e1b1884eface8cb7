package dev.caretaker.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.testkit.ArgoHealth;
import dev.caretaker.testkit.ArgoHealth.Health;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The health script for Argo CD, on the examples that stand beside it. */
class ArgoHealthTest {
  private static final Path FOLDER = Path.of("manifests", "argocd", "caretaker.dev", "EsCluster");

  /** One example, as Argo CD's own tests are written. */
  record Example(String inputPath, Health healthStatus) {
    @Override
    public String toString() {
      return inputPath;
    }
  }

  /** The whole file of examples. */
  record Examples(List<Example> tests) {}

  static Stream<Example> examples() throws IOException {
    var file = Files.readString(FOLDER.resolve("health_test.yaml"));
    return Serialization.unmarshal(file, Examples.class).tests().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldSay(Example example) throws IOException {
    var input = Files.readString(FOLDER.resolve(example.inputPath()));

    var health = ArgoHealth.esCluster().of(Serialization.unmarshal(input, Map.class));

    assertThat(health).isEqualTo(example.healthStatus());
  }

  /** A kind that Argo CD knows no script for is healthy as soon as it is stored. */
  @Test
  void shouldKnowEveryKind() throws IOException {
    var component = Files.readString(Path.of("manifests", "argocd", "kustomization.yaml"));

    assertThat(component)
        .contains(
            Stream.of(EsCluster.class, SpotFleet.class, EtlPipeline.class)
                .map(kind -> "caretaker.dev_" + HasMetadata.getKind(kind) + "=")
                .toList());
  }
}
