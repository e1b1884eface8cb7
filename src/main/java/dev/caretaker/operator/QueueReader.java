package dev.caretaker.operator;

import dev.caretaker.fleet.model.Announcement;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.port.NoticePort;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one who reads a queue for all fleets of its region. A message is deleted once what it says is
 * saved, or nobody here has the machine; one that cannot be read is left to the queue's redrive
 * policy.
 */
final class QueueReader {
  private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

  /** A malformed message is told of for so long after it was last seen. */
  private static final Duration TOLD = Duration.ofMinutes(10);

  private final String region;
  private final String queue;
  private final NoticePort port;
  private final Notices notices;
  private final Clock clock;
  private final List<Waiting> waiting = new ArrayList<>();
  private volatile Optional<Trouble> trouble = Optional.empty();

  QueueReader(String region, String queue, NoticePort port, Notices notices, Clock clock) {
    this.region = region;
    this.queue = queue;
    this.port = port;
    this.notices = notices;
    this.clock = clock;
  }

  /** A message whose news is not saved yet. */
  private record Waiting(String receipt, InstanceId machine, Instant heard) {}

  private record Trouble(String sentence, Instant at) {}

  /** What is wrong with the queue, and what to do; empty where nothing is. */
  Optional<String> trouble() {
    return trouble.map(Trouble::sentence);
  }

  /**
   * Takes what there is, or waits some seconds for it, and deletes what is done.
   *
   * @throws PortException where the queue could not be read
   */
  void step() throws PortException {
    try {
      var done = new ArrayList<String>();
      for (var message : port.receive()) {
        hear(message.receipt(), message.content(), done);
      }
      waiting.removeIf(each -> isDone(each, done));
      if (!done.isEmpty()) {
        port.delete(done);
      }
      trouble = trouble.filter(each -> each.at().plus(TOLD).isAfter(clock.instant()));
    } catch (PortException failed) {
      tell(String.valueOf(failed.getMessage()));
      throw failed;
    }
  }

  private void hear(String receipt, Announcement content, List<String> done) {
    if (content instanceof Announcement.Malformed odd) {
      tell(
          "the queue "
              + queue
              + " has a message that cannot be read ("
              + odd.because()
              + "): look at it, and give the queue a redrive policy, so that such are put aside");
      return;
    }
    if (content instanceof Announcement.News news) {
      var heard = clock.instant();
      notices.announce(region, news.notice());
      if (news.notice().kind() == Notice.Kind.INTERRUPTION) {
        waiting.add(new Waiting(receipt, news.notice().machine(), heard));
        return;
      }
    }
    // The rest only wakes somebody; the next look at EC2 tells the same.
    done.add(receipt);
  }

  private boolean isDone(Waiting each, List<String> done) {
    if (!notices.isSettled(region, each.machine(), each.heard())) {
      return false;
    }
    done.add(each.receipt());
    return true;
  }

  private void tell(String sentence) {
    if (trouble.filter(each -> each.sentence().equals(sentence)).isEmpty()) {
      LOG.warn("{}", sentence);
    }
    trouble = Optional.of(new Trouble(sentence, clock.instant()));
  }
}
