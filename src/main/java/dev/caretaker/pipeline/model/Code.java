package dev.caretaker.pipeline.model;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * The code that the workers shall run.
 *
 * @param repository where it is fetched from
 * @param branch on which the revision is
 * @param atOnce machines that are updated together
 * @param spareAboveCpu a machine that is busier keeps its program for now; empty: none is spared
 * @param spareFor a busy machine is updated all the same once it was spared so long
 * @param onFailure what becomes of a machine that cannot be updated
 */
public record Code(
    String repository,
    String branch,
    Revision revision,
    int atOnce,
    OptionalDouble spareAboveCpu,
    Duration spareFor,
    OnFailure onFailure) {

  /** What becomes of a machine that cannot be updated. */
  public enum OnFailure {
    /** It is reported and left as it is, with its program stopped. */
    REPORT,
    /** Its fleet is asked for another one in its place. */
    REPLACE
  }
}
