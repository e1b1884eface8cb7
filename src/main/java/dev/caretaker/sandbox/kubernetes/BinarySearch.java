package dev.caretaker.sandbox.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for the programs of Kubernetes: first where {@code KUBEBUILDER_ASSETS} points, then in the
 * project's own cache, then, if the caller allows it, on the web.
 */
public final class BinarySearch {

  /** What a search came to. */
  public sealed interface Result {}

  /** The programs, and which place had them. */
  public record Found(KubernetesBinaries binaries, String place) implements Result {}

  /** No place had them; the sentence names each place, what was wrong there, and the ways out. */
  public record Missing(String sentence) implements Result {}

  private static final String ASSETS = "KUBEBUILDER_ASSETS";
  private static final String ADVICE =
      "Set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl"
          + " (setup-envtest use -p path), or build them once with .ci/build-kubernetes"
          + " (needs Go).";

  private final Map<String, String> environment;
  private final Path cache;

  BinarySearch(Map<String, String> environment, Path home) {
    this.environment = environment;
    var configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    var caches = configured.isEmpty() ? home.resolve(".cache") : Path.of(configured);
    this.cache = caches.resolve("caretaker").resolve("kubernetes");
  }

  /** The search on this machine, for this user. */
  public static BinarySearch onThisMachine() {
    return new BinarySearch(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** Looks on this machine only. */
  public Result find() {
    var tried = new ArrayList<String>();
    return onDisk(tried).<Result>map(found -> found).orElseGet(() -> missing(tried));
  }

  /** Looks on this machine, then tries to download; without a network this costs a few seconds. */
  public Result findOrDownload() throws InterruptedException {
    var tried = new ArrayList<String>();
    var onDisk = onDisk(tried);
    if (onDisk.isPresent()) {
      return onDisk.get();
    }
    try {
      return new Found(EnvtestArchive.forThisMachine().downloadInto(cache), "downloaded archive");
    } catch (IOException e) {
      tried.add(e.getMessage());
      return missing(tried);
    }
  }

  private Optional<Found> onDisk(List<String> tried) {
    return configured(tried).or(() -> cached(tried));
  }

  private Optional<Found> configured(List<String> tried) {
    var value = environment.getOrDefault(ASSETS, "");
    if (value.isEmpty()) {
      tried.add(ASSETS + " is not set");
      return Optional.empty();
    }
    var found = KubernetesBinaries.in(Path.of(value));
    if (found.isEmpty()) {
      tried.add(ASSETS + "=" + value + " does not hold " + KubernetesBinaries.PROGRAMS);
    }
    return found.map(binaries -> new Found(binaries, ASSETS));
  }

  private Optional<Found> cached(List<String> tried) {
    // The newest build wins: an older one may belong to versions the project has left behind.
    try (Stream<Path> builds = Files.isDirectory(cache) ? Files.list(cache) : Stream.empty()) {
      var newest =
          builds
              .filter(folder -> !folder.getFileName().toString().startsWith("."))
              .sorted(Comparator.comparing(BinarySearch::changedAt).reversed())
              .flatMap(folder -> KubernetesBinaries.in(folder).stream())
              .findFirst();
      if (newest.isEmpty()) {
        tried.add("no complete build in " + cache);
      }
      return newest.map(binaries -> new Found(binaries, "cache"));
    } catch (IOException e) {
      tried.add("cannot read " + cache + ": " + e);
      return Optional.empty();
    }
  }

  private static FileTime changedAt(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      // Removed while we looked: such a folder must lose against every other.
      return FileTime.fromMillis(0);
    }
  }

  private static Missing missing(List<String> tried) {
    return new Missing("No Kubernetes programs found: " + String.join("; ", tried) + ". " + ADVICE);
  }
}
