package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

class CausesTest {

  @Test
  void shouldSayTheSameInWhateverOrderTheServerRefuses() {
    var one = Causes.ofRefusal(refusal("spec.zones", "spec.connection"));
    var other = Causes.ofRefusal(refusal("spec.connection", "spec.zones"));

    assertThat(one).isEqualTo("spec.connection: Invalid value; spec.zones: Invalid value");
    assertThat(other).isEqualTo(one);
  }

  @Test
  void shouldSayWhatThereIsWhereTheServerNamesNoField() {
    var bare = new KubernetesClientException("no", 422, new StatusBuilder().build());

    assertThat(Causes.ofRefusal(bare)).isEqualTo("no");
  }

  private static KubernetesClientException refusal(String first, String second) {
    var status =
        new StatusBuilder()
            .withNewDetails()
            .addNewCause(first, "Invalid value", "FieldValueInvalid")
            .addNewCause(second, "Invalid value", "FieldValueInvalid")
            .endDetails()
            .build();
    return new KubernetesClientException("EsCluster is invalid", 422, status);
  }
}
