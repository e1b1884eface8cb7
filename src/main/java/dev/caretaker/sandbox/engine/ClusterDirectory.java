package dev.caretaker.sandbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a sandbox cluster has its files. Only what the cluster made there is ever removed. */
record ClusterDirectory(Path path) {

  static ClusterDirectory of(Path path) {
    return new ClusterDirectory(path.toAbsolutePath().normalize());
  }

  Path keeper() {
    return path.resolve("keeper");
  }

  Path node(String name) {
    return nodes().resolve(name);
  }

  /**
   * Makes it, where it is missing.
   *
   * @throws IOException also when the engines could not work there
   */
  void make(EngineAccount account) throws IOException {
    if (path.toString().contains(" ")) {
      throw new IOException("the engines' start scripts cannot bear the space in " + path);
    }
    DirectoryTree.makeFolder(path);
    if (!account.canReach(path)) {
      throw new IOException(
          "engines run as nobody, who cannot get to " + path + ": choose one below /tmp or /var");
    }
  }

  /** Whether nodes have formed a cluster here: from then on none may bootstrap another. */
  boolean isFormed() {
    return Files.exists(formed());
  }

  void noteFormed(EngineKind kind, ClusterShape shape) throws IOException {
    Files.writeString(formed(), signature(kind, shape));
  }

  /**
   * Refuses data that another engine or other nodes have written here.
   *
   * @throws IOException naming both
   */
  void requireSame(EngineKind kind, ClusterShape shape) throws IOException {
    String wanted = signature(kind, shape);
    if (isFormed() && !Files.readString(formed()).equals(wanted)) {
      throw new IOException(
          "%s holds a cluster of %s, not of %s: name another directory, or remove it"
              .formatted(path, Files.readString(formed()).strip(), wanted.strip()));
    }
  }

  /** Removes what the cluster made, and the directory if nothing else is in it. */
  void remove() throws IOException {
    DirectoryTree.remove(nodes());
    DirectoryTree.remove(keeper());
    Files.deleteIfExists(formed());
    if (Files.isDirectory(path) && isEmpty()) {
      Files.delete(path);
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> children = Files.list(path)) {
      return children.findAny().isEmpty();
    }
  }

  private Path nodes() {
    return path.resolve("nodes");
  }

  private Path formed() {
    return path.resolve("formed");
  }

  private static String signature(EngineKind kind, ClusterShape shape) {
    return String.join(" ", List.of(kind.versionedName(), shape.zones().toString())) + "\n";
  }
}
