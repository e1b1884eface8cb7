package dev.caretaker.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvtestArchiveTest {

  private final HttpServer web;
  private final Path cache;

  EnvtestArchiveTest(@TempDir Path cache) throws IOException {
    this.cache = cache;
    this.web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void open() {
    web.start();
  }

  @AfterEach
  void close() {
    web.stop(0);
  }

  @Test
  void shouldUnpackWhatMatchesItsChecksum(@TempDir Path site) throws Exception {
    var archive = archiveIn(site);
    serve("/e.tar.gz", archive);
    serve("/e.tar.gz.sha512", (sha512(archive) + "  e.tar.gz\n").getBytes(StandardCharsets.UTF_8));

    var binaries = published().downloadInto(cache);

    assertThat(KubernetesBinaries.in(binaries.folder())).contains(binaries);
    assertThat(cache.toFile().list()).containsExactly(binaries.folder().getFileName().toString());
  }

  @Test
  void shouldRefuseWhatDoesNotMatchItsChecksum(@TempDir Path site) throws Exception {
    serve("/e.tar.gz", archiveIn(site));
    serve("/e.tar.gz.sha512", "0123".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> published().downloadInto(cache))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("failed: its SHA-512 is not the published one");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void shouldFailQuicklyAndLeaveNothingWhenOutOfReach() {
    web.stop(0);

    assertThatThrownBy(() -> published().downloadInto(cache))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("failed: no connection to 127.0.0.1");
    assertThat(cache).isEmptyDirectory();
  }

  private EnvtestArchive published() {
    var port = web.getAddress().getPort();
    var location = URI.create("http://127.0.0.1:" + port + "/e.tar.gz");
    return new EnvtestArchive(location, Duration.ofSeconds(2));
  }

  private void serve(String path, byte[] content) {
    web.createContext(
        path,
        exchange -> {
          // A context answers for every longer path too; the web does not.
          var known = exchange.getRequestURI().getPath().equals(path);
          exchange.sendResponseHeaders(known ? 200 : 404, known ? content.length : -1);
          if (known) {
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
  }

  /** Laid out as the released one: the programs two folders deep. */
  private static byte[] archiveIn(Path site) throws IOException, InterruptedException {
    var programs = Files.createDirectories(site.resolve("controller-tools").resolve("envtest"));
    for (var name : KubernetesBinaries.PROGRAMS) {
      assertThat(Files.createFile(programs.resolve(name)).toFile().setExecutable(true)).isTrue();
    }
    var tar = new ProcessBuilder("tar", "-czf", "e.tar.gz", "controller-tools");
    assertThat(tar.directory(site.toFile()).start().waitFor()).isZero();
    return Files.readAllBytes(site.resolve("e.tar.gz"));
  }

  private static String sha512(byte[] content) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
  }
}
