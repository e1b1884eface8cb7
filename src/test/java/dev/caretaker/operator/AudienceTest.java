package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may own what a queue announces, for an operator that may read one namespace only. */
@RequiresApiServer
class AudienceTest {
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String ACCOUNT = "system:serviceaccount:caretaker-system:narrow";

  private final Clock clock = Clock.systemUTC();
  private final FleetGround mine;
  private final FleetGround others;

  AudienceTest(ApiServer server) throws IOException {
    mine = new FleetGround(server, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    others = new FleetGround(server, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  @AfterEach
  void close() {
    mine.close();
    others.close();
  }

  @Test
  void shouldWaitForTheFleetsThatAreWatchedAndAskForNoOthers() throws InterruptedException {
    others.create(FleetGround.SPEC);
    allowToList(mine.namespace);
    var notices = new Notices(clock, owner -> {});
    try (var client = narrow()) {
      var audience = new Audience(client, Set.of(mine.namespace), notices);
      gather(audience);
      assertThat(isSettled(notices)).isTrue();

      mine.create(FleetGround.SPEC);
      audience.gather();
      assertThat(isSettled(notices)).isFalse();
    }
  }

  private boolean isSettled(Notices notices) {
    return notices.isSettled("us-west-2", new InstanceId("i-0000ffff"), clock.instant());
  }

  /** The API server takes a moment to know of a role. */
  private static void gather(Audience audience) throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      try {
        audience.gather();
        return;
      } catch (KubernetesClientException notYet) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    audience.gather();
  }

  private KubernetesClient narrow() {
    var config =
        new ConfigBuilder(mine.client.getConfiguration()).withImpersonateUsername(ACCOUNT).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private void allowToList(String namespace) {
    var role =
        new RoleBuilder()
            .withNewMetadata()
            .withName("narrow")
            .endMetadata()
            .addNewRule()
            .withApiGroups("caretaker.dev")
            .withResources("esclusters", "spotfleets")
            .withVerbs("list")
            .endRule()
            .build();
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName("narrow")
            .endMetadata()
            .withNewRoleRef(GROUP, "Role", "narrow")
            .addNewSubject(GROUP, "User", ACCOUNT, null)
            .build();
    mine.client.resource(role).inNamespace(namespace).create();
    mine.client.resource(binding).inNamespace(namespace).create();
  }
}
