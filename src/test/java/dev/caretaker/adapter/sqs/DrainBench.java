package dev.caretaker.adapter.sqs;

import dev.caretaker.fleet.model.QueuedMessage;
import dev.caretaker.port.PortException;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Prints how long it takes to read and delete what gathered in a queue while nobody read it. {@code
 * docs/performance.md} has the command.
 */
public final class DrainBench {
  private static final int MESSAGES = 15_000;
  private static final int ROUNDS = 3;

  private DrainBench() {}

  public static void main(String[] arguments) throws PortException {
    for (int round = 1; round <= ROUNDS; round++) {
      try (var queue = new Queue(60);
          var notices = queue.open("notices")) {
        queue.send(IntStream.range(0, MESSAGES).mapToObj(DrainBench::warning).toList());
        long start = System.nanoTime();
        int read = drain(notices);
        var took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
            "round %d: %d messages read and deleted in %d ms, %d left%n",
            round, read, took.toMillis(), queue.size());
      }
    }
  }

  private static int drain(SqsNotices notices) throws PortException {
    int read = 0;
    while (read < MESSAGES) {
      var messages = notices.receive();
      notices.delete(messages.stream().map(QueuedMessage::receipt).toList());
      read += messages.size();
    }
    return read;
  }

  private static String warning(int machine) {
    return String.format(
        """
        {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602",
         "detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
         "account":"123456789012","time":"2026-11-20T10:00:00Z","region":"us-west-2",
         "resources":["arn:aws:ec2:us-west-2b:instance/i-%08x"],
         "detail":{"instance-id":"i-%08x","instance-action":"terminate"}}""",
        machine, machine);
  }
}
