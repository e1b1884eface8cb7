package dev.caretaker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrdFilesTest {
  private static final Path FOLDER = Path.of("crds");
  private static final String REFRESH = "mvn test -Dtest=CrdFilesTest -Dcrds.refresh=true";

  @Test
  void shouldBeWhatTheClassesSay() throws IOException {
    var files = CrdGeneration.files();
    if (Boolean.getBoolean("crds.refresh")) {
      for (var each : files.entrySet()) {
        Files.writeString(FOLDER.resolve(each.getKey()), each.getValue());
      }
    }

    for (var each : files.entrySet()) {
      assertThat(FOLDER.resolve(each.getKey()))
          .as("crds/ is stale; refresh it with: " + REFRESH)
          .exists()
          .hasContent(each.getValue());
    }
  }

  @Test
  void shouldShowTheColumnsInReadingOrder() {
    assertThat(columns("esclusters"))
        .containsExactly("READY", "HEALTH", "NODES", "SAFE", "OPERATION", "BLOCKED-BY", "AGE");
    assertThat(columns("etlpipelines"))
        .containsExactly("READY", "BACKLOG", "OLDEST", "EXPIRES", "DEMAND", "WORKERS", "AGE");
    assertThat(columns("spotfleets"))
        .containsExactly("READY", "UTILITY", "WANTED", "SPEND", "BUDGET", "MACHINES", "AGE");
  }

  private static List<String> columns(String plural) {
    return version(plural).getAdditionalPrinterColumns().stream()
        .filter(column -> column.getPriority() == null || column.getPriority() == 0)
        .map(CustomResourceColumnDefinition::getName)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"esclusters", "etlpipelines", "spotfleets"})
  void shouldExplainAndBoundEveryField(String plural) {
    var schema = version(plural).getSchema().getOpenAPIV3Schema();
    var problems = new ArrayList<String>();

    schema.getProperties().forEach((name, each) -> check(name, each, problems));

    assertThat(schema.getDescription()).isNotBlank();
    assertThat(problems).isEmpty();
  }

  private static void check(String path, JSONSchemaProps field, List<String> problems) {
    if (!path.endsWith("[]") && field.getDescription() == null) {
      problems.add(path + " is not explained");
    }
    if ("array".equals(field.getType())) {
      if (field.getMaxItems() == null) {
        problems.add(path + " may have any number of entries");
      }
      check(path + "[]", field.getItems().getSchema(), problems);
    }
    var closed = field.getMaxLength() != null || field.getFormat() != null;
    if ("string".equals(field.getType()) && !closed && field.getEnum().isEmpty()) {
      problems.add(path + " may have any length");
    }
    if (field.getProperties() != null) {
      field.getProperties().forEach((name, each) -> check(path + "." + name, each, problems));
    }
  }

  private static CustomResourceDefinitionVersion version(String plural) {
    var crd =
        Serialization.unmarshal(
            CrdGeneration.files().get(plural + ".caretaker.dev-v1.yml"),
            CustomResourceDefinition.class);
    return crd.getSpec().getVersions().get(0);
  }
}
