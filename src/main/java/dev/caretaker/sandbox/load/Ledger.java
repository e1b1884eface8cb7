package dev.caretaker.sandbox.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Every document that at least two copies have acknowledged. */
public final class Ledger {

  private final ConcurrentMap<String, ConcurrentMap<String, String>> texts =
      new ConcurrentHashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong whileFrozen = new AtomicLong();

  void acknowledge(String index, String id, String text, boolean frozen) {
    texts.computeIfAbsent(index, name -> new ConcurrentHashMap<>()).put(id, text);
    acknowledged.incrementAndGet();
    if (frozen) {
      whileFrozen.incrementAndGet();
    }
  }

  public long acknowledged() {
    return acknowledged.get();
  }

  public long acknowledgedWhileFrozen() {
    return whileFrozen.get();
  }

  List<String> indices() {
    return List.copyOf(texts.keySet());
  }

  /** A copy: text by id. */
  List<Map.Entry<String, String>> documents(String index) {
    return new ArrayList<>(texts.getOrDefault(index, new ConcurrentHashMap<>()).entrySet());
  }
}
