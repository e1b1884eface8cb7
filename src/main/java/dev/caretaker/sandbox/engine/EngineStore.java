package dev.caretaker.sandbox.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The unpacked engines of this machine, and other programs, fetched once and shared by every
 * sandbox.
 *
 * <p>They lie in {@code caretaker/engines} below the user's cache folder, {@code XDG_CACHE_HOME} or
 * {@code ~/.cache}. For root it is {@code /var/cache}: its engines run as nobody, who may not pass
 * through root's home, and unlike {@code /tmp} nobody else can put something there beforehand.
 */
public final class EngineStore {

  private static final String TEMPORARY = ".unpacking-";

  private final Path engines;
  private final EngineAccount account;

  EngineStore(Path engines, EngineAccount account) {
    this.engines = engines;
    this.account = account;
  }

  /** The store of the user who runs this process. */
  public static EngineStore ofThisUser() throws IOException {
    EngineAccount account = EngineAccount.ofThisProcess();
    Path cache =
        account.nobody().isPresent()
            ? Path.of("/var/cache")
            : Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(home -> Path.of(home).isAbsolute())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return new EngineStore(cache.resolve("caretaker").resolve("engines"), account);
  }

  /**
   * Finds a fitting JDK, and fetches and unpacks the engine unless that was done before.
   *
   * @param progress takes lines for people to read, while they wait
   * @throws IOException naming what is missing
   */
  public EngineInstallation install(EngineKind kind, Consumer<String> progress)
      throws IOException, InterruptedException {
    Jdk jdk = new JdkSearch(account).fitting(kind);
    Path home = engines.resolve(kind.versionedName());
    once(home, () -> unpack(kind, home, progress));
    return new EngineInstallation(kind, home, jdk);
  }

  /**
   * Fetches a file that runs as it is, unless that was done before; returns where it lies.
   *
   * @param progress takes lines for people to read, while they wait
   * @throws IOException with Maven's last lines where it could not fetch it
   */
  public Path fetch(Artifact artifact, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path file = engines.resolve(artifact.file());
    once(file, () -> copy(artifact, file, progress));
    return file;
  }

  private interface Making {
    void make() throws IOException, InterruptedException;
  }

  private void once(Path made, Making making) throws IOException, InterruptedException {
    if (Files.exists(made)) {
      return;
    }
    DirectoryTree.makeFolder(engines);
    Path lockFile = made.resolveSibling(made.getFileName() + ".lock");
    // The file lock keeps other processes out, the monitor other threads of this one.
    synchronized (EngineStore.class) {
      try (FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Held until the channel is closed.
        var unused = channel.lock();
        if (!Files.exists(made)) {
          making.make();
        }
      }
    }
  }

  private void copy(Artifact artifact, Path file, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path work = workFolder(artifact.file());
    try {
      Files.move(fetch(artifact, work, progress), file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.remove(work);
    }
  }

  private static Path fetch(Artifact artifact, Path work, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("Fetching " + artifact.coordinates() + " with Maven");
    return new MavenFetch(artifact, progress).fetch(work);
  }

  /** An empty one; what was left of a killed attempt goes. */
  private Path workFolder(String name) throws IOException {
    String prefix = TEMPORARY + name;
    for (Path leftOver : leftOvers(prefix)) {
      DirectoryTree.remove(leftOver);
    }
    return Files.createTempDirectory(engines, prefix);
  }

  private void unpack(EngineKind kind, Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path work = workFolder(kind.versionedName());
    try {
      Path archive = fetch(kind.archive(), work, progress);
      progress.accept("Unpacking " + kind.versionedName() + " to " + home);
      Path unpacked = work.resolve("unpacked");
      DirectoryTree.unpack(archive, unpacked);
      // A node looks for its plugins there, and may not make the folder itself.
      DirectoryTree.makeFolder(unpacked.resolve("plugins"));
      Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.remove(work);
    }
  }

  private List<Path> leftOvers(String prefix) throws IOException {
    try (Stream<Path> children = Files.list(engines)) {
      return children.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
  }
}
