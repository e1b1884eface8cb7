package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.Engine;
import java.util.Optional;

/**
 * How far one endpoint was come with, step by step.
 *
 * @param failure the first step that failed; those after it were not tried
 * @param engine what answers, where that step was reached
 * @param uuid of its cluster, where the elected master told it
 */
public record EndpointLook(
    Optional<Failure> failure, Optional<Engine> engine, Optional<String> uuid) {

  /** In the order in which they are tried. */
  public enum Step {
    /** Something answers there. */
    REACHABLE,
    /** Its certificate comes from an authority that is trusted; for https only. */
    TRUSTED,
    /** The credentials are accepted. */
    CREDENTIALS,
    /** An engine answers, and tells its version. */
    ENGINE,
    /** The node has an elected master that answers. */
    MASTER
  }

  /** A step that failed, and the sentence for people. */
  public record Failure(Step step, String sentence) {}

  static EndpointLook failed(Step step, String sentence, Optional<Engine> engine) {
    return new EndpointLook(Optional.of(new Failure(step, sentence)), engine, Optional.empty());
  }
}
