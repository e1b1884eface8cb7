package dev.caretaker.adapter.sqs;

/**
 * Which queue a sentence is about.
 *
 * @param field of the spec in which a person corrects its name
 * @param regionField in which its region
 */
record QueuePlace(String queue, String region, String field, String regionField) {
  @Override
  public String toString() {
    return "queue " + queue + " in " + region;
  }
}
