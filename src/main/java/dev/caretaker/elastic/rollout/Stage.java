package dev.caretaker.elastic.rollout;

/** The stages of a rollout, in order; after the last one the next set begins or it is done. */
public enum Stage {
  /** Copies are being brought outside the set. */
  SHELTERING,
  /** Replicas of the set are about to stay unassigned while it is away. */
  FREEZING,
  /** The nodes of the set leave. */
  STOPPING,
  /** The nodes of the set come back. */
  STARTING,
  /** What the stop left unassigned is assigned again. */
  RECOVERING;

  /** CamelCase, as people read it. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }
}
