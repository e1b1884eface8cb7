package dev.caretaker.pipeline.policy;

import java.util.List;

/**
 * What may be deleted on a worker whose disk is full.
 *
 * @param above part of the disk, from 0 to 1
 * @param remove paths with wildcards in their last part; regular files older than the program only
 */
public record DiskCare(double above, List<String> remove) {
  public DiskCare {
    remove = List.copyOf(remove);
  }
}
