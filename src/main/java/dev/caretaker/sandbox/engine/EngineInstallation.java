package dev.caretaker.sandbox.engine;

import java.nio.file.Path;

/**
 * An engine ready to run: unpacked and shared by all its nodes, with a JDK that fits.
 *
 * @param home only read by the nodes; their own files are elsewhere
 */
public record EngineInstallation(EngineKind kind, Path home, Jdk jdk) {

  Path program() {
    return home.resolve("bin").resolve(kind.product());
  }
}
