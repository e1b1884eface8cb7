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
 * The unpacked engines of this machine, fetched once and shared by every sandbox.
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
    if (!Files.isDirectory(home)) {
      unpackOnce(kind, home, progress);
    }
    return new EngineInstallation(kind, home, jdk);
  }

  private void unpackOnce(EngineKind kind, Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    DirectoryTree.makeFolder(engines);
    Path lockFile = engines.resolve(kind.versionedName() + ".lock");
    // The file lock keeps other processes out, the monitor other threads of this one.
    synchronized (EngineStore.class) {
      try (FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Held until the channel is closed.
        var unused = channel.lock();
        if (!Files.isDirectory(home)) {
          unpack(kind, home, progress);
        }
      }
    }
  }

  private void unpack(EngineKind kind, Path home, Consumer<String> progress)
      throws IOException, InterruptedException {
    String prefix = TEMPORARY + kind.versionedName();
    for (Path leftOver : leftOvers(prefix)) {
      DirectoryTree.remove(leftOver);
    }
    Path work = Files.createTempDirectory(engines, prefix);
    try {
      progress.accept("Fetching " + kind.coordinates() + " with Maven");
      Path archive = new MavenFetch(progress).fetch(kind, work);
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
