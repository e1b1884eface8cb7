package dev.caretaker.sandbox.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with keys and tokens in them. */
public final class PrivateFile {

  private PrivateFile() {}

  /** Created unreadable for others, not made so afterwards: there is no moment to read it. */
  public static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    Files.writeString(file, text);
  }
}
