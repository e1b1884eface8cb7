package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.SimQueue;
import dev.caretaker.world.pipeline.Witness;
import dev.caretaker.world.pipeline.WorkMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every message that was ever sent, and what became of it. */
final class Ledger implements Witness {
  private final Journal journal;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Set<String> stored = new HashSet<>();
  private final Set<String> expired = new HashSet<>();
  private final List<Expiry> news = new ArrayList<>();
  private boolean aliasWasTaken;
  private long sent;

  /** A message that SQS deleted at its retention. */
  record Expiry(String document, long number, Instant sentAt) {}

  Ledger(Journal journal) {
    this.journal = journal;
  }

  /** How many were sent. */
  long sent() {
    return sent;
  }

  /** A person took an alias away: what programs write from then on is that person's doing. */
  void aliasIsTaken() {
    aliasWasTaken = true;
  }

  @Override
  public void sent(QueueName queue, String document) {
    sent++;
    numbers.put(document, sent);
  }

  @Override
  public void stored(String document) {
    stored.add(document);
  }

  @Override
  public void expired(QueueName queue, String document, Instant sentAt) {
    expired.add(document);
    journal.log("SQS deletes " + document + " of " + sentAt + " in " + queue);
    if (queue.equals(Wishes.QUEUE)) {
      news.add(new Expiry(document, numbers.getOrDefault(document, 0L), sentAt));
    }
  }

  @Override
  public void lookAlike(WorkMachine machine, String index) {
    if (machine.isStartedByOperator() && !aliasWasTaken) {
      journal.blame("LookAlike", machine.id() + " writes to " + index + ", which is no table");
    }
  }

  /** What was deleted since this was asked last. */
  List<Expiry> expiries() {
    var all = List.copyOf(news);
    news.clear();
    return all;
  }

  boolean isStored(String document) {
    return stored.contains(document);
  }

  /** Each is stored, waits, is dead-lettered, or was deleted at its retention. */
  void audit(Platform platform) {
    var waiting = new HashSet<String>();
    for (var name : List.of(Wishes.QUEUE, Wishes.DEAD)) {
      waiting.addAll(platform.queue(name).map(SimQueue::documents).orElse(List.of()));
    }
    Optional<String> lost =
        numbers.keySet().stream()
            .filter(each -> !stored.contains(each) && !expired.contains(each))
            .filter(each -> !waiting.contains(each))
            .min(String::compareTo);
    lost.ifPresent(each -> journal.blame("Lost", each + " is nowhere"));
  }
}
