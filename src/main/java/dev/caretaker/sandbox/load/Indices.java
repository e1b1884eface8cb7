package dev.caretaker.sandbox.load;

import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The indices of a sandbox, and the daily rollover that adds one. */
public final class Indices {

  private final EngineDoor engine;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> replicas = new ConcurrentSkipListMap<>();
  private final AtomicInteger rolled = new AtomicInteger();

  public Indices(EngineDoor engine) {
    this.engine = engine;
  }

  /**
   * Takes an index into use, and creates it unless it is there. Documents are read back by id,
   * which waits for no refresh, so there need not be one each second.
   */
  public void create(String name, int shards, int copies) throws IOException, InterruptedException {
    var body =
        """
        {"settings": {"number_of_shards": %d, "number_of_replicas": %d,
                      "refresh_interval": "30s"}}
        """
            .formatted(shards, copies - 1);
    if (engine.get("/_cat/indices/" + name + "?format=json").status() == 404) {
      var answer = engine.ask("PUT", "/" + name, body);
      boolean there = answer.body().toString().contains("already_exists");
      if (!answer.ok() && !there) {
        throw new IOException("index " + name + " could not be created: " + answer.body());
      }
    }
    replicas.put(name, copies - 1);
    names.add(name);
  }

  /** Gives each index that there is so many copies. */
  public void copies(int copies) throws IOException, InterruptedException {
    for (var name : names) {
      var body = "{\"index\": {\"number_of_replicas\": %d}}".formatted(copies - 1);
      var answer = engine.ask("PUT", "/" + name + "/_settings", body);
      if (!answer.ok()) {
        throw new IOException("index " + name + " got no other copies: " + answer.body());
      }
      replicas.put(name, copies - 1);
    }
  }

  /** Creates the index of the next day, with two copies; returns its name. */
  public String roll() throws IOException, InterruptedException {
    var name = "unittest-day" + rolled.incrementAndGet();
    create(name, 2, 2);
    return name;
  }

  /** The names, oldest first. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** The replica count that each was created with. */
  public Map<String, Integer> replicas() {
    return new TreeMap<>(replicas);
  }
}
