package dev.caretaker.adapter.sqs;

/**
 * What a sentence is about.
 *
 * @param what a queue, or CloudWatch
 * @param field of the spec in which a person corrects its name
 * @param regionField in which its region
 */
record QueuePlace(String what, String region, String field, String regionField) {
  @Override
  public String toString() {
    return what + " in " + region;
  }
}
