package dev.caretaker.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnedFieldsTest {

  private static final String OBJECT =
      """
      metadata:
        managedFields:
          - manager: kustomize-controller
            fieldsV1: {"f:spec": {"f:paused": {}}}
          - manager: operator
            fieldsV1: {"f:metadata": {"f:finalizers": {}}}
          - manager: operator
            fieldsV1: {"f:spec": {"f:paused": {}, "f:rollout": {".": {}, "f:restartedAt": {}}}}
      """;

  @Test
  void shouldNameEachFieldOfTheSpecThatAStrangerOwns() throws JsonProcessingException {
    var object = new YAMLMapper().readTree(OBJECT);

    assertThat(OwnedFields.ofSpecByOthers(object, Set.of("kustomize-controller")))
        .containsExactly(
            "operator f:spec/f:paused",
            "operator f:spec/f:rollout/.",
            "operator f:spec/f:rollout/f:restartedAt");
    assertThat(OwnedFields.ofSpecByOthers(object, Set.of("kustomize-controller", "operator")))
        .isEmpty();
  }
}
