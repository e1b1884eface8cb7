package dev.caretaker.kernel;

import java.util.List;

/**
 * What a guard answers when its sentence does not hold.
 *
 * @param guard the guard's name, as {@code simulate --break} takes it
 * @param sentence what speaks against the action
 * @param subjects the shards, nodes or settings it is about, bounded by the guard
 * @param liftedBy what would lift the refusal
 */
public record Refusal(String guard, String sentence, List<String> subjects, String liftedBy) {
  public Refusal {
    subjects = List.copyOf(subjects);
  }
}
