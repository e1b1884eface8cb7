package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.AuditLevel;
import dev.caretaker.sandbox.kubernetes.KubernetesBinaries;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A namespace that goes with everything in it, on a server with the real namespace controller. */
@RequiresApiServer
class NamespaceDeletionTest {
  private static final String NAME = "main";
  private static final Path FOLDER = Path.of("target", "kubernetes", "namespaces");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void shouldGoWithItsSecretOnceWhatIsHeldIsPutBack(KubernetesBinaries binaries)
      throws IOException, InterruptedException {
    assumeTrue(
        binaries.kubeControllerManager().isPresent(),
        binaries.folder() + " has no kube-controller-manager; .ci/build-kubernetes builds it");
    try (var server = ApiServer.start(binaries, FOLDER, AuditLevel.NONE)) {
      server.startNamespaceController();
      try (var ground = new CareGround(server)) {
        deleteInTheMiddle(ground);
      }
    }
  }

  private static void deleteInTheMiddle(CareGround ground) {
    var before = view(ground);
    var secret = new SecretBuilder().withNewMetadata().withName("es").endMetadata();
    ground.client.resource(secret.build()).inNamespace(ground.namespace).create();
    ground.create(NAME, ground.bounce().replace("\"]}", "\"], credentialsSecret: {name: es}}"));
    for (int i = 0; i < 600 && !"Starting".equals(stage(ground)); i++) {
      ground.step(NAME);
    }
    assertThat(stage(ground)).isEqualTo("Starting");

    ground.client.namespaces().withName(ground.namespace).delete();
    await(() -> ground.read(NAME).isMarkedForDeletion());
    await(() -> secretIsGone(ground));
    await(
        () -> {
          ground.step(NAME);
          return !ground.exists(NAME);
        });

    assertThat(ground.mark()).isEmpty();
    assertThat(ground.settings()).isEqualTo(before.settings().persistent());
    assertThat(view(ground).nodes()).hasSameSizeAs(before.nodes());
    await(() -> ground.client.namespaces().withName(ground.namespace).get() == null);
  }

  private static boolean secretIsGone(CareGround ground) {
    return ground.client.secrets().inNamespace(ground.namespace).withName("es").get() == null;
  }

  private static String stage(CareGround ground) {
    return ground.mark().map(Mark::stage).orElse("none");
  }

  private static ClusterView view(CareGround ground) {
    return ground.world.engine().read(Set.of()).ifKnown().orElseThrow();
  }

  private static void await(BooleanSupplier reached) {
    var end = Instant.now().plus(PATIENCE);
    while (!reached.getAsBoolean()) {
      assertThat(Instant.now()).as("it does not hang").isBefore(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
