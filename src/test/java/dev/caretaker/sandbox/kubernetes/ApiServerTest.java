package dev.caretaker.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {

  /** Not a temporary directory: the next run must find what a killed run left in it. */
  private static final Path DIRECTORY = Path.of("target", "kubernetes", "server");

  @Test
  @RequiresApiServer
  void shouldServeItsUserRefuseOthersAndEndItsProcesses(KubernetesBinaries binaries)
      throws IOException, InterruptedException {
    List<ProcessHandle> processes;
    try (var server = ApiServer.start(binaries, DIRECTORY, AuditLevel.METADATA)) {
      processes = server.processes();
      assertThat(processes).hasSize(2).allMatch(ProcessHandle::isAlive);

      try (var client = client(server)) {
        storeAndRead(client);
        assertEnforcesRoles(server, client);
      }
      assertRefusesStrangers(server);
      assertThat(Files.readString(server.auditLog())).contains("\"verb\":\"create\"");
    }

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(DIRECTORY).isDirectoryNotContaining("glob:**.pid");
  }

  @Test
  @RequiresApiServer
  void shouldStopWhatAKilledOwnerLeftAndKeepItsObjects(
      KubernetesBinaries binaries, @TempDir Path directory)
      throws IOException, InterruptedException {
    var abandoned = ApiServer.start(binaries, directory, AuditLevel.NONE);
    try (var client = client(abandoned)) {
      storeAndRead(client);
    }

    try (var server = ApiServer.start(binaries, directory, AuditLevel.NONE);
        var client = client(server)) {
      assertThat(abandoned.processes()).isEmpty();
      assertThat(client.configMaps().inNamespace("default").withName("seen").get()).isNotNull();
    }

    ApiServer.cleanUp(directory);
    assertThat(directory).isDirectoryNotContaining("glob:**.pid");
  }

  @Test
  void shouldNotStopAStrangerThatGotTheSamePid(@TempDir Path directory) throws IOException {
    var us = ProcessHandle.current().pid();
    Files.writeString(directory.resolve("etcd.pid"), us + " 0\n");

    ApiServer.cleanUp(directory);

    assertThat(ProcessHandle.of(us)).isPresent();
  }

  @Test
  void shouldSayTheLastWordsOfAServerThatDies(@TempDir Path directory) throws IOException {
    for (var name : KubernetesBinaries.PROGRAMS) {
      var program =
          Files.writeString(directory.resolve(name), "#!/bin/sh\necho no space; exit 1\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    var broken = KubernetesBinaries.in(directory).orElseThrow();

    assertThatThrownBy(() -> ApiServer.start(broken, directory, AuditLevel.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("etcd")
        .hasMessageContaining("died")
        .hasMessageContaining("no space");
  }

  private static void storeAndRead(KubernetesClient client) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("seen")
            .withNamespace("default")
            .endMetadata()
            .withData(Map.of("zone", "spot"))
            .build();
    client.resource(map).serverSideApply();
    var read = client.configMaps().inNamespace("default").withName("seen").get();
    assertThat(read.getData()).containsExactly(Map.entry("zone", "spot"));
  }

  private static void assertRefusesStrangers(ApiServer server) throws IOException {
    var stranger = Config.fromKubeconfig(server.kubeconfig().toFile());
    stranger.setClientCertData(null);
    stranger.setClientKeyData(null);
    // To strangers on HTTP/2 the server says GOAWAY at once, and the JDK's client loses the answer.
    stranger.setHttp2Disable(true);
    assertForbidden(stranger, "system:anonymous");
  }

  private static void assertEnforcesRoles(ApiServer server, KubernetesClient admin)
      throws IOException {
    var account =
        new ServiceAccountBuilder().withNewMetadata().withName("nobody").endMetadata().build();
    admin.resource(account).inNamespace("default").serverSideApply();
    var token = admin.serviceAccounts().inNamespace("default").withName("nobody").tokenRequest();
    var powerless = Config.fromKubeconfig(server.kubeconfig().toFile());
    powerless.setClientCertData(null);
    powerless.setClientKeyData(null);
    powerless.setOauthToken(token.getStatus().getToken());
    assertForbidden(powerless, "system:serviceaccount:default:nobody");
  }

  private static void assertForbidden(Config config, String user) {
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThatThrownBy(() -> client.configMaps().inNamespace("default").list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              refusal -> assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN))
          .hasMessageContaining(user);
    }
  }

  private static KubernetesClient client(ApiServer server) throws IOException {
    var config = Config.fromKubeconfig(server.kubeconfig().toFile());
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
