package dev.caretaker.sandbox.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A directory with all below it: unpacked, copied, removed. */
public final class DirectoryTree {

  private DirectoryTree() {}

  /**
   * Unpacks an archive whose entries all lie below one top folder, which is left out. Every file is
   * readable for everyone, and executable where it lies in a folder named bin: the entries' own
   * modes are not told by {@link ZipFile}.
   *
   * @throws IOException also for an entry that would be written outside of {@code target}
   */
  static void unpack(Path archive, Path target) throws IOException {
    makeFolder(target);
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        unpack(zip, entry, target);
      }
    }
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path target) throws IOException {
    int slash = entry.getName().indexOf('/');
    Path path = target.resolve(entry.getName().substring(slash + 1)).normalize();
    if (slash < 0 || !path.startsWith(target)) {
      throw new IOException(zip.getName() + " has an entry outside its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      makeFolder(path);
      return;
    }
    Path folder = Optional.ofNullable(path.getParent()).orElse(target);
    makeFolder(folder);
    try (InputStream content = zip.getInputStream(entry)) {
      Files.copy(content, path);
    }
    boolean program = folder.endsWith("bin");
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Makes a folder, and its missing parents, that everyone may enter whatever our umask is. */
  static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Optional<Path> parent = Optional.ofNullable(folder.getParent());
    if (parent.isPresent()) {
      makeFolder(parent.orElseThrow());
    }
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Copies all below {@code source} over what {@code target} holds. */
  static void copy(Path source, Path target) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(source)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Path copy = target.resolve(source.relativize(path).toString());
      if (Files.isDirectory(path)) {
        makeFolder(copy);
      } else {
        Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Removes a directory and all below it; one that is not there is no error. */
  public static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(directory, new Removal());
  }

  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      // A process that is just ending may remove its own files before we do.
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
