package dev.caretaker.sandbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the Java installations of this machine where they usually are. */
final class JdkSearch {

  private static final Pattern VERSION =
      Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?(\\d+)", Pattern.MULTILINE);

  private final EngineAccount account;

  JdkSearch(EngineAccount account) {
    this.account = account;
  }

  /**
   * The first one that the engine runs on: JAVA_HOME, the JVM that we run on, the usual folders.
   *
   * @throws IOException naming what is missing and what was found
   */
  Jdk fitting(EngineKind kind) throws IOException {
    Collection<Jdk> found = all();
    return found.stream()
        .filter(kind::runsOn)
        .findFirst()
        .orElseThrow(() -> new IOException(missing(kind, found)));
  }

  private static String missing(EngineKind kind, Collection<Jdk> found) {
    return ("%s %s needs a JDK of version %s, and none was found. Found: %s."
            + " Install one, or set JAVA_HOME.")
        .formatted(
            kind.product(),
            kind.version(),
            kind.javaVersions(),
            found.stream().map(Jdk::toString).collect(Collectors.joining(", ")));
  }

  private Collection<Jdk> all() throws IOException {
    Map<Path, Jdk> byRealHome = new LinkedHashMap<>();
    for (Path home : candidates()) {
      Optional<Jdk> jdk = read(home);
      if (jdk.isPresent() && account.canReach(home)) {
        byRealHome.putIfAbsent(home.toRealPath(), jdk.orElseThrow());
      }
    }
    return byRealHome.values();
  }

  private static List<Path> candidates() throws IOException {
    List<Path> homes = named();
    Path user = Path.of(System.getProperty("user.home"));
    List<Path> folders =
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/lib64/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt/java"),
            Path.of("/opt"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"),
            user.resolve(".gradle/jdks"),
            user.resolve(".m2/jdks"));
    for (Path folder : folders) {
      homes.addAll(children(folder));
    }
    for (Path folder :
        List.of(
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve("Library/Java/JavaVirtualMachines"))) {
      children(folder).forEach(bundle -> homes.add(bundle.resolve("Contents/Home")));
    }
    return homes;
  }

  private static List<Path> named() {
    List<Path> homes = new ArrayList<>();
    Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
    homes.add(Path.of(System.getProperty("java.home")));
    // Build services name theirs so: JAVA_HOME_21_X64.
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("JAVA_HOME_")) {
                homes.add(Path.of(value));
              }
            });
    return homes;
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private static Optional<Jdk> read(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(Files.readString(release));
    return version.find()
        ? Optional.of(new Jdk(home, Integer.parseInt(version.group(1))))
        : Optional.empty();
  }
}
