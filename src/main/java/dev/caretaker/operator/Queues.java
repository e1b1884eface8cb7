package dev.caretaker.operator;

import dev.caretaker.port.NoticePort;

/** Opens the way to the queues in which EC2 announces what becomes of machines. */
public interface Queues {

  /** The queue of this name in this region; connects to nothing yet. */
  NoticePort of(String region, String queue);
}
