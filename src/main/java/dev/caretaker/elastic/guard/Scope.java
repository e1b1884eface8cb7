package dev.caretaker.elastic.guard;

/** When a guard is asked. */
public enum Scope {
  /** Before a set or a drain is begun, and while a set is only being sheltered: was it approved? */
  BEGINNING,
  /** Before anything disruptive, and while a set waits: what speaks against acting at all. */
  ACTING,
  /** Before a set is frozen and again before it is stopped: what the stop would harm. */
  STOPPING,
  /** Only just before the stop: whether the freeze really holds. */
  FROZEN,
  /** Before a node that was emptied is stopped for good. */
  LEAVING
}
