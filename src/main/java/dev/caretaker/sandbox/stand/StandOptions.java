package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.ClusterShape;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineOptions.Placement;
import dev.caretaker.sandbox.engine.EngineOptions.Traces;
import java.nio.file.Path;

/**
 * What a sandbox is made of.
 *
 * @param directory where all its files are
 * @param traces whether the data stay there for the next sandbox
 */
public record StandOptions(
    EngineKind engine,
    ClusterShape shape,
    Path directory,
    Traces traces,
    Placement placement,
    KubernetesChoice kubernetes) {

  /** Which API server. */
  public enum KubernetesChoice {
    /** A real one where its programs are found or can be fetched, else the one in this JVM. */
    AUTO,
    /** A real one of our own, or none. */
    APISERVER,
    /** The one that the user's kubeconfig names. */
    KUBECONFIG,
    /** The mock server in this JVM. */
    EMBEDDED
  }
}
