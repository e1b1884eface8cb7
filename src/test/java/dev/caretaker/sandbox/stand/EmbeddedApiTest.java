package dev.caretaker.sandbox.stand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.sandbox.recorder.Journal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class EmbeddedApiTest {

  @Test
  void shouldStoreAndJournalWhatTheOperatorWrites() throws Exception {
    var journal = new Journal();
    var api = new EmbeddedApi(journal);
    var asOperator = new ConfigBuilder(Config.empty()).withMasterUrl(api.url().toString()).build();
    try (var sandbox = new KubernetesClientBuilder().withConfig(api.config()).build();
        var operator = new KubernetesClientBuilder().withConfig(asOperator).build()) {
      var applied = new EsCluster();
      applied.setMetadata(
          new ObjectMetaBuilder().withName("activedata").withNamespace("default").build());
      sandbox.resource(applied).create();

      var seen = operator.resource(applied).get();
      seen.setStatus(Serialization.unmarshal("{\"health\": \"grün\"}", EsClusterStatus.class));
      operator.resource(seen).updateStatus();

      assertThat(sandbox.resource(applied).get().getStatus().health()).isEqualTo("grün");
      assertThat(journal.effects()).hasSize(1);
    } finally {
      api.close();
    }
  }
}
