package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The size of a file system and what an ordinary user may still write to it, in bytes. */
public record DiskSpace(long total, long free) {

  /**
   * The file system of {@code path}, or of its nearest parent: a wiped directory has a disk too.
   */
  static DiskSpace below(Path path) throws IOException {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there)) {
      there = Optional.ofNullable(there.getParent()).orElseThrow();
    }
    FileStore store = Files.getFileStore(there);
    return new DiskSpace(store.getTotalSpace(), store.getUsableSpace());
  }
}
