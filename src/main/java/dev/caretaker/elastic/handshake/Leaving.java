package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.model.Mark;
import java.time.Duration;
import java.time.Instant;

/**
 * A machine that was seen empty and is stopped for that; the mark names it before it is stopped.
 *
 * @param since when it was chosen, for its deadline
 */
public record Leaving(Mark.Member member, Instant since) {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  /** What was seen then proves nothing any more, unless the node went for it. */
  public boolean overdue(Instant now) {
    return now.isAfter(since.plus(DEADLINE));
  }
}
