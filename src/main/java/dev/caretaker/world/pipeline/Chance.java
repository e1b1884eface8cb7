package dev.caretaker.world.pipeline;

/** What happens by chance in a simulated platform. */
public interface Chance {
  /** Whether it happens this time. */
  boolean of(Mishap mishap);

  /** Any number of these, both ends included. */
  int between(int least, int most);

  /** What may go wrong without anybody's doing. */
  enum Mishap {
    /**
     * A machine dies after it has stored a message's document and before it deletes the message.
     */
    DIES_BEFORE_DELETING,
    /** A machine dies after it has sent on a message and before it deletes it. */
    DIES_AFTER_SENDING_ON,
    /** A program ends by itself. */
    PROGRAM_ENDS,
    /** A job ends badly. */
    JOB_FAILS,
    /** A job does not end. */
    JOB_HANGS,
    /** A machine boots with its program running, on whatever code its image has. */
    BOOTS_RUNNING,
    /** A machine cannot say on which code its program started. */
    START_UNKNOWN
  }
}
