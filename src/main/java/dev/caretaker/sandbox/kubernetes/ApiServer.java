package dev.caretaker.sandbox.kubernetes;

import dev.caretaker.sandbox.keeper.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A Kubernetes of two processes on this machine, an etcd and a kube-apiserver, with roles enforced
 * and no controllers but those that are asked for. Both listen on the loopback address only.
 * Objects stay in the directory: the next start there finds them again, with new ports and new
 * certificates.
 */
public final class ApiServer implements AutoCloseable {

  private static final String ETCD = "etcd";
  private static final String KUBE_APISERVER = "kube-apiserver";
  private static final String CONTROLLERS = "kube-controller-manager";
  private static final String LOOPBACK = "127.0.0.1";

  /** On two idle cores it took under four seconds; a machine under load gets much more. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private static final Duration ASK_EVERY = Duration.ofMillis(100);

  private final KubernetesBinaries binaries;
  private final ServerFiles files;
  private final URI url;
  private final List<ServerProcess> processes = new ArrayList<>();

  private ApiServer(KubernetesBinaries binaries, ServerFiles files, URI url) {
    this.binaries = binaries;
    this.files = files;
    this.url = url;
  }

  /**
   * Starts both processes, having stopped those that an earlier owner left in the directory, and
   * returns when the API answers and its first namespaces exist.
   *
   * @throws IOException with the last words of the process that failed
   */
  public static ApiServer start(KubernetesBinaries binaries, Path directory, AuditLevel audit)
      throws IOException, InterruptedException {
    var home = Files.createDirectories(directory.toAbsolutePath());
    cleanUp(home);
    var ports = FreePorts.take(3);
    var url = URI.create("https://" + LOOPBACK + ":" + ports.get(2));
    var certificates = Certificates.create(Instant.now());
    var server = new ApiServer(binaries, new ServerFiles(home), url);
    server.files.write(certificates, url, audit);
    try {
      var store = "http://" + LOOPBACK + ":" + ports.get(0);
      server.launch(ETCD, server.etcd(store, "http://" + LOOPBACK + ":" + ports.get(1)));
      server.launch(KUBE_APISERVER, server.kubeApiServer(store, ports.get(2), audit));
      server.awaitReady(certificates);
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** Stops what a killed process left running in the directory; without such, does nothing. */
  public static void cleanUp(Path directory) throws IOException {
    for (var name : List.of(CONTROLLERS, KUBE_APISERVER, ETCD)) {
      var left = ServerProcess.leftIn(directory, name);
      if (left.isPresent()) {
        left.get().stop();
      }
    }
  }

  /**
   * Starts what empties and ends the namespaces that are deleted: without it they stay for ever. Of
   * all controllers only this one runs, it listens nowhere, and has the rights that it has in any
   * cluster.
   *
   * @throws IOException where the program is missing, saying how to get it
   */
  public void startNamespaceController() throws IOException {
    var program = binaries.kubeControllerManager();
    if (program.isEmpty()) {
      throw new IOException(
          binaries.folder()
              + " has no kube-controller-manager, which deletes namespaces (the envtest archive"
              + " lacks it): build it once with .ci/build-kubernetes (needs Go), and set"
              + " KUBEBUILDER_ASSETS to the folder that it prints");
    }
    launch(
        CONTROLLERS,
        List.of(
            program.get().toString(),
            "--kubeconfig=" + files.controllersKubeconfig(),
            "--controllers=namespace-controller",
            "--use-service-account-credentials",
            "--leader-elect=false",
            "--bind-address=" + LOOPBACK,
            "--secure-port=0"));
  }

  /** Where the API answers. */
  public URI url() {
    return url;
  }

  /** A kubeconfig file of a user who may do everything; only this machine's user can read it. */
  public Path kubeconfig() {
    return files.kubeconfig();
  }

  /** The client program of the same version. */
  public Path kubectl() {
    return binaries.kubectl();
  }

  /** One JSON object a line for each answered request, in order; absent without an audit level. */
  public Path auditLog() {
    return files.auditLog();
  }

  /** The processes behind it. */
  public List<ProcessHandle> processes() {
    return processes.stream().flatMap(one -> ProcessHandle.of(one.pid()).stream()).toList();
  }

  /** Stops the API server, then its store, and returns when both are gone. */
  @Override
  public void close() throws IOException {
    for (int last = processes.size() - 1; last >= 0; last--) {
      processes.remove(last).stop();
    }
  }

  private void launch(String name, List<String> command) throws IOException {
    processes.add(ServerProcess.start(name, files.directory(), command));
  }

  private List<String> etcd(String clients, String peers) {
    return List.of(
        binaries.etcd().toString(),
        "--name=default",
        "--data-dir=" + files.objects(),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=default=" + peers,
        "--log-level=warn",
        "--unsafe-no-fsync");
  }

  private List<String> kubeApiServer(String store, int port, AuditLevel audit) {
    var command =
        new ArrayList<>(
            List.of(
                binaries.kubeApiServer().toString(),
                "--etcd-servers=" + store,
                "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK,
                "--secure-port=" + port,
                // Nobody reaches this server through a Service: no endpoints to keep.
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--tls-cert-file=" + files.secret("server.crt"),
                "--tls-private-key-file=" + files.secret("server.key"),
                "--client-ca-file=" + files.secret("authority.crt"),
                "--service-account-key-file=" + files.secret("tokens.key"),
                "--service-account-signing-key-file=" + files.secret("tokens.key"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--authorization-mode=RBAC",
                // No controller makes the ServiceAccounts that this plugin would ask for.
                "--disable-admission-plugins=ServiceAccount"));
    if (audit != AuditLevel.NONE) {
      command.add("--audit-policy-file=" + files.secret("audit-policy.yaml"));
      command.add("--audit-log-path=" + files.auditLog());
      command.add("--audit-log-mode=blocking");
    }
    return command;
  }

  private void awaitReady(Certificates certificates) throws IOException, InterruptedException {
    var client = HttpClient.newBuilder().sslContext(certificates.adminContext()).build();
    var deadline = Instant.now().plus(READY_WITHIN);
    var asked = List.of("/readyz", "/api/v1/namespaces/default");
    while (!answers(client, asked)) {
      for (var process : processes) {
        if (!process.isAlive()) {
          throw failure("died before the API was ready", process);
        }
      }
      if (Instant.now().isAfter(deadline)) {
        var last = processes.get(processes.size() - 1);
        throw failure("was not ready within " + READY_WITHIN.toSeconds() + " s", last);
      }
      Thread.sleep(ASK_EVERY.toMillis());
    }
  }

  private boolean answers(HttpClient client, List<String> paths) throws InterruptedException {
    for (var path : paths) {
      var request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(5));
      try {
        if (client.send(request.build(), BodyHandlers.discarding()).statusCode() != 200) {
          return false;
        }
      } catch (IOException e) {
        // Not listening yet, or not yet able to answer; the deadline bounds our patience.
        return false;
      }
    }
    return true;
  }

  private static IOException failure(String what, ServerProcess process) {
    return new IOException("A process of the API server " + what + ". " + process.lastWords());
  }
}
