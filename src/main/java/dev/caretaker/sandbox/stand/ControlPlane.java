package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.kubernetes.AuditLevel;
import dev.caretaker.sandbox.kubernetes.BinarySearch;
import dev.caretaker.sandbox.kubernetes.KubernetesBinaries;
import dev.caretaker.sandbox.recorder.Journal;
import dev.caretaker.sandbox.recorder.RecordingProxy;
import dev.caretaker.sandbox.recorder.Side;
import dev.caretaker.sandbox.recorder.Upstream;
import dev.caretaker.sandbox.stand.StandOptions.KubernetesChoice;
import dev.caretaker.sandbox.stand.StandOptions.OperatorChoice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * The API server of a sandbox and the recorded way to it.
 *
 * @param admin how the sandbox itself talks to it, past the recorder
 * @param kubeconfig for people; absent where nothing but the operator can talk to it
 * @param operatorUrl where the operator talks to it, recorded and without credentials
 * @param server where it is our own
 * @param sentence what it is, and what is missing
 */
public record ControlPlane(
    Config admin,
    Optional<Path> kubeconfig,
    Optional<Path> kubectl,
    URI operatorUrl,
    Runnable endStreams,
    Optional<ApiServer> server,
    String sentence,
    Closing closing)
    implements AutoCloseable {

  /** Ends everything that was started. */
  @FunctionalInterface
  public interface Closing {
    void close() throws IOException;
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }

  /**
   * Starts or finds the chosen one.
   *
   * @param options which one is chosen, and what for
   * @param progress takes lines for people to read, while they wait
   * @throws IOException saying what is missing
   */
  static ControlPlane open(
      StandOptions options, Path directory, Journal journal, Consumer<String> progress)
      throws IOException, InterruptedException {
    return switch (options.kubernetes()) {
      case EMBEDDED -> embedded(journal, "");
      case KUBECONFIG -> existing(journal);
      case APISERVER, AUTO -> ownOrElse(options, directory, journal, progress);
    };
  }

  private static ControlPlane ownOrElse(
      StandOptions options, Path directory, Journal journal, Consumer<String> progress)
      throws IOException, InterruptedException {
    var found = BinarySearch.onThisMachine().findOrDownload();
    if (found instanceof BinarySearch.Found programs) {
      return own(start(programs.binaries(), options, directory, progress), journal);
    }
    var missing = found instanceof BinarySearch.Missing none ? none.sentence() : found.toString();
    if (options.kubernetes() == KubernetesChoice.APISERVER) {
      throw new IOException(missing);
    }
    return embedded(journal, missing + " ");
  }

  private static ApiServer start(
      KubernetesBinaries binaries, StandOptions options, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("Starting etcd and kube-apiserver from " + binaries.folder());
    if (options.operator() == OperatorChoice.RECORDED) {
      return ApiServer.start(binaries, directory, AuditLevel.NONE);
    }
    var server = ApiServer.start(binaries, directory, AuditLevel.METADATA);
    try {
      server.startNamespaceController();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static ControlPlane own(ApiServer server, Journal journal) throws IOException {
    try {
      var config = Config.fromKubeconfig(Files.readString(server.kubeconfig()));
      var proxy = proxy(config, journal);
      return new ControlPlane(
          config,
          Optional.of(server.kubeconfig()),
          Optional.of(server.kubectl()),
          proxy.url(),
          proxy::endStreams,
          Optional.of(server),
          "a real kube-apiserver with etcd",
          () -> {
            proxy.close();
            server.close();
          });
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static ControlPlane existing(Journal journal) throws IOException {
    var config = Config.autoConfigure(null);
    if (config.getCurrentContext() == null) {
      throw new IOException("there is no kubeconfig with a current context (KUBECONFIG)");
    }
    var proxy = proxy(config, journal);
    return new ControlPlane(
        config,
        Optional.ofNullable(config.getFile()).map(file -> file.toPath()),
        Optional.of(Path.of("kubectl")),
        proxy.url(),
        proxy::endStreams,
        Optional.empty(),
        "the API server of your kubeconfig, " + config.getMasterUrl(),
        proxy::close);
  }

  private static ControlPlane embedded(Journal journal, String why) throws IOException {
    var server = new EmbeddedApi(journal);
    return new ControlPlane(
        server.config(),
        Optional.empty(),
        Optional.empty(),
        server.url(),
        () -> {},
        Optional.empty(),
        why
            + "So the API server is a mock in this JVM: kubectl cannot talk to it, CEL rules are"
            + " not checked, nothing is validated.",
        server::close);
  }

  private static RecordingProxy proxy(Config config, Journal journal) throws IOException {
    var url = URI.create(config.getMasterUrl().replaceAll("/$", ""));
    var token = Optional.ofNullable(config.getAutoOAuthToken()).map(text -> "Bearer " + text);
    var upstream =
        url.getScheme().equals("https")
            ? Upstream.secured(url, context(config), token)
            : Upstream.plain(url);
    return new RecordingProxy(Side.KUBERNETES, upstream, journal);
  }

  private static SSLContext context(Config config) throws IOException {
    try {
      return SSLUtils.sslContext(config);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates of " + config.getMasterUrl() + " are unusable", e);
    }
  }
}
