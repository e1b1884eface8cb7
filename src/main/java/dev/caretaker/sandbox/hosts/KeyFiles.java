package dev.caretaker.sandbox.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A key pair that ssh-keygen made: the private half, and the public one beside it. */
public record KeyFiles(Path secret) {

  /**
   * Makes a new pair.
   *
   * @param type such as {@code ed25519} or {@code rsa}
   * @param passphrase empty for none
   */
  public static KeyFiles make(HostPrograms programs, Path file, String type, String passphrase)
      throws IOException, InterruptedException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    var process =
        new ProcessBuilder(
                programs.keygen().toString(),
                "-q",
                "-t",
                type,
                "-C",
                "caretaker-sandbox",
                "-N",
                passphrase,
                "-f",
                file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("ssh-keygen made no key in " + file + ": " + said.strip());
    }
    return new KeyFiles(file);
  }

  /** The text of the private half. */
  public String secretText() throws IOException {
    return Files.readString(secret);
  }

  /** Type and key of the public half, as in authorized_keys. */
  public String publicLine() throws IOException {
    var line = Files.readString(secret.resolveSibling(secret.getFileName() + ".pub")).strip();
    return String.join(" ", line.split(" ", -1)[0], line.split(" ", -1)[1]);
  }

  /** The line of known_hosts for a machine that has this host key. */
  public String knownHost(String address, int port) throws IOException {
    return "[" + address + "]:" + port + " " + publicLine();
  }
}
