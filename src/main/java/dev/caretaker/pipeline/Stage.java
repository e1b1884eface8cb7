package dev.caretaker.pipeline;

import java.time.Duration;
import java.util.Locale;

/** How far a pipeline is introduced. */
public enum Stage {
  /** What is in place and what is not is not known yet; nothing is changed. */
  LOOKING(Duration.ofMinutes(10)),
  /** The workers stop, so that none writes to what is not there yet. */
  HOLDING(Duration.ofMinutes(15)),
  /** Queues and buckets are made, or found and compared. */
  ENSURING(Duration.ofMinutes(10)),
  /** Templates, the first indices and write aliases are made, each exactly once. */
  ESTABLISHING(Duration.ofMinutes(10)),
  /** The code gets to the one machine of the trial; it may have to be bought first. */
  PLACING(Duration.ofMinutes(45)),
  /** The trial runs there, and its documents are looked for. */
  TRIAL(Duration.ofMinutes(30)),
  /** The workers get the code and are let loose. */
  RELEASING(Duration.ofMinutes(45)),
  /** It is introduced, and is cared for. */
  SETTLED(Duration.ofMinutes(45)),
  /** The resource goes, and with it what is empty. */
  ENDING(Duration.ofMinutes(15));

  private final Duration deadline;

  Stage(Duration deadline) {
    this.deadline = deadline;
  }

  /** Somebody has to be told when it takes longer. */
  public Duration deadline() {
    return deadline;
  }

  /** As statuses and metrics write it: one word in CamelCase. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** Whether workers are held until it is over. */
  public boolean holds() {
    return switch (this) {
      case HOLDING, ENSURING, ESTABLISHING, PLACING, TRIAL -> true;
      case LOOKING, RELEASING, SETTLED, ENDING -> false;
    };
  }
}
