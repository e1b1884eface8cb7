package dev.caretaker.sandbox.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The archive of Kubernetes programs that the controller-tools project releases for tests, the one
 * that {@code setup-envtest} fetches. It is checked against the SHA-512 published beside it.
 */
record EnvtestArchive(URI location, Duration connectWithin) {

  private static final String VERSION = "v1.34.1";

  /** Long enough for a slow line with a good network; a blocked one fails at the connect. */
  private static final Duration FETCHED_WITHIN = Duration.ofMinutes(5);

  static EnvtestArchive forThisMachine() {
    var name = "envtest-" + VERSION + "-" + system() + "-" + architecture() + ".tar.gz";
    var releases = "https://github.com/kubernetes-sigs/controller-tools/releases/download/";
    return new EnvtestArchive(
        URI.create(releases + "envtest-" + VERSION + "/" + name), Duration.ofSeconds(3));
  }

  /**
   * Fetches, checks and unpacks the archive as a new folder below the cache.
   *
   * @throws IOException with a sentence that names the archive and the cause
   */
  KubernetesBinaries downloadInto(Path cache) throws IOException, InterruptedException {
    Files.createDirectories(cache);
    var unpacked = Files.createTempDirectory(cache, ".download-");
    try {
      var archive = unpacked.resolve("envtest.tar.gz");
      fetch(archive);
      unpack(archive, unpacked);
      Files.delete(archive);
      var target = cache.resolve("envtest-" + VERSION);
      delete(target);
      Files.move(unpacked, target);
      return KubernetesBinaries.in(target)
          .orElseThrow(() -> new IOException("the archive lacks a program"));
    } catch (IOException e) {
      throw new IOException("the download of " + location + " failed: " + sentence(e), e);
    } finally {
      delete(unpacked);
    }
  }

  private void fetch(Path archive) throws IOException, InterruptedException {
    var client =
        HttpClient.newBuilder()
            .connectTimeout(connectWithin)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    var checksum = URI.create(location + ".sha512");
    var published = get(client, checksum, BodyHandlers.ofString()).strip().split("\\s+", 2)[0];
    get(client, location, BodyHandlers.ofFile(archive));
    if (!published.equalsIgnoreCase(sha512(archive))) {
      throw new IOException("its SHA-512 is not the published one");
    }
  }

  private static <T> T get(HttpClient client, URI uri, BodyHandler<T> body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).timeout(FETCHED_WITHIN).build();
    HttpResponse<T> response = client.send(request, body);
    if (response.statusCode() != 200) {
      throw new IOException("HTTP status " + response.statusCode() + " for " + uri);
    }
    return response.body();
  }

  private static String sha512(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-512"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-512", e);
    }
  }

  /** The programs lie two folders deep in the archive; tar drops those folders. */
  private static void unpack(Path archive, Path into) throws IOException, InterruptedException {
    var command = new ProcessBuilder("tar", "-xzf", archive.toString(), "--strip-components=2");
    command.directory(into.toFile());
    command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var tar = command.start();
    if (!tar.waitFor(1, TimeUnit.MINUTES)) {
      tar.destroyForcibly();
      throw new IOException("tar did not end within a minute");
    }
    if (tar.exitValue() != 0) {
      throw new IOException("tar ended with " + tar.exitValue());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private String sentence(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection to " + location.getHost();
    }
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String system() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
        ? "darwin"
        : "linux";
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
