package dev.caretaker.operator;

import dev.caretaker.fleet.model.Announcement;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.fleet.model.QueuedMessage;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.NoticePort;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one who reads a queue for all fleets of its region. A message is deleted once what it says is
 * saved. A notice of a machine that nobody here has is left while the machine runs: it may be a
 * fleet's that EC2 does not show yet, or somebody else's who reads the queue too. A message that
 * cannot be read is left to the queue's redrive policy.
 */
final class QueueReader {
  private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

  /** A malformed message is told of for so long after it was last seen. */
  private static final Duration TOLD = Duration.ofMinutes(10);

  private final String region;
  private final String queue;
  private final NoticePort port;
  private final FleetPort market;
  private final Notices notices;
  private final Clock clock;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private volatile Optional<Trouble> trouble = Optional.empty();

  /**
   * Reads nothing yet.
   *
   * @param market tells whether a machine runs that nobody here has
   */
  QueueReader(
      String region,
      String queue,
      NoticePort port,
      FleetPort market,
      Notices notices,
      Clock clock) {
    this.region = region;
    this.queue = queue;
    this.port = port;
    this.market = market;
    this.notices = notices;
    this.clock = clock;
  }

  /** A message whose news is not saved yet. */
  private record Waiting(String receipt, Notice.Kind kind, InstanceId machine, Instant heard) {

    /** Received once more: only the newest receipt counts. */
    Waiting again(Waiting newer) {
      return new Waiting(newer.receipt, kind, machine, heard);
    }

    boolean isWarning() {
      return kind == Notice.Kind.INTERRUPTION;
    }
  }

  private record Trouble(String sentence, Instant at) {}

  /** What is wrong with the queue, and what to do; empty where nothing is. */
  Optional<String> trouble() {
    return trouble.map(Trouble::sentence);
  }

  /**
   * Takes what there is, or waits some seconds for it, and deletes what is done.
   *
   * @return whether anything was deleted: what was not may come again at once
   * @throws PortException where the queue could not be read
   */
  boolean step() throws PortException {
    try {
      var done = new ArrayList<String>();
      for (var message : port.receive()) {
        hear(message, done);
      }
      settle(done);
      if (!done.isEmpty()) {
        port.delete(done);
      }
      trouble = trouble.filter(each -> each.at().plus(TOLD).isAfter(clock.instant()));
      return !done.isEmpty();
    } catch (PortException failed) {
      tell(String.valueOf(failed.getMessage()));
      throw failed;
    }
  }

  private void hear(QueuedMessage message, List<String> done) {
    var content = message.content();
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
      var notice = news.notice();
      if (isKept(notice)) {
        var waits = new Waiting(message.receipt(), notice.kind(), notice.machine(), heard);
        waiting.merge(message.id(), waits, Waiting::again);
        return;
      }
    }
    // The rest only wakes somebody; the next look at EC2 tells the same.
    done.add(message.receipt());
  }

  /**
   * A recommendation is only for whoever has the machine: he saves it; for others it is nothing.
   */
  private boolean isKept(Notice notice) {
    return switch (notice.kind()) {
      case INTERRUPTION -> true;
      case REBALANCE -> notices.isOurs(notice.machine());
      case COMES, GOES -> false;
    };
  }

  private void settle(List<String> done) {
    var settled = waiting.values().stream().filter(this::isSettled).toList();
    var nobodys =
        settled.stream()
            .filter(Waiting::isWarning)
            .map(Waiting::machine)
            .filter(each -> !notices.isOurs(each))
            .collect(Collectors.toSet());
    var alive = nobodys.isEmpty() ? Optional.of(nobodys) : market.alive(nobodys).ifKnown();
    var over = new HashSet<Waiting>();
    for (var each : settled) {
      boolean lives = alive.filter(all -> all.contains(each.machine())).isPresent();
      boolean ends = !nobodys.contains(each.machine()) || (!lives && isOver(each.machine()));
      if (ends) {
        done.add(each.receipt());
      }
      if (ends || lives) {
        over.add(each);
      }
    }
    waiting.values().removeAll(over);
  }

  /**
   * Whether a machine that EC2 does not show is gone for certain: one that was bought a second ago
   * is not shown either, so EC2 is asked again until the machine's time is over.
   */
  private boolean isOver(InstanceId machine) {
    return !notices.stands(machine);
  }

  private boolean isSettled(Waiting each) {
    return notices.isSettled(region, each.machine(), each.heard());
  }

  /** The reader itself failed; what it has not deleted comes again. */
  void broke(RuntimeException bug) {
    LOG.error("the reader of {} failed and goes on", queue, bug);
    trouble =
        Optional.of(
            new Trouble(
                "reading the queue " + queue + " failed: " + bug + "; please report it",
                clock.instant()));
  }

  private void tell(String sentence) {
    if (trouble.filter(each -> each.sentence().equals(sentence)).isEmpty()) {
      LOG.warn("{}", sentence);
    }
    trouble = Optional.of(new Trouble(sentence, clock.instant()));
  }
}
