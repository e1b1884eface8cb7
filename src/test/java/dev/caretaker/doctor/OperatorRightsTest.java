package dev.caretaker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.doctor.OperatorRights.Right;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Doctor asks for the rights that the manifests grant. */
class OperatorRightsTest {
  private static List<Right> granted(String file) throws IOException {
    var text = Files.readString(Path.of("manifests", file)).split("\n---\n", 2)[0];
    // A ClusterRole has the same rules.
    var role = text.replace("kind: ClusterRole", "kind: Role");
    return Serialization.unmarshal(role, Role.class).getRules().stream()
        .flatMap(OperatorRightsTest::rights)
        .toList();
  }

  private static Stream<Right> rights(PolicyRule rule) {
    assertThat(rule.getApiGroups()).hasSize(1);
    var names = rule.getResourceNames();
    return rule.getResources().stream()
        .map(
            resource ->
                new Right(
                    rule.getApiGroups().get(0),
                    resource,
                    names.isEmpty() ? Optional.empty() : Optional.of(names.get(0)),
                    rule.getVerbs()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single-namespace", "whole-cluster"})
  void shouldAskForWhatAnOverlayGrants(String overlay) throws IOException {
    assertThat(granted("overlays/" + overlay + "/role.yaml"))
        .containsExactlyInAnyOrderElementsOf(OperatorRights.BESIDE_CLUSTERS);
  }

  @Test
  void shouldAskForTheLease() throws IOException {
    assertThat(granted("base/lease-role.yaml")).isEqualTo(OperatorRights.AT_HOME);
  }
}
