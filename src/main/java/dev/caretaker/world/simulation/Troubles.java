package dev.caretaker.world.simulation;

import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.world.People;
import dev.caretaker.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What goes wrong in a world, second by second, and what people change their minds about. */
final class Troubles {
  /** Seconds in which copies are rebuilt elsewhere, and a rollout would go on if it were let. */
  private static final int LONG_COLLAPSE = 600;

  private final World world;
  private final People people;
  private final Wishes wishes;
  private final Effects effects;
  private final TreeMap<Long, Runnable> later = new TreeMap<>();
  private long nextMisfortune;
  private int days;
  private List<NodeName> known = List.of();

  Troubles(World world, Wishes wishes, Effects effects) {
    this.world = world;
    this.people = world.people();
    this.wishes = wishes;
    this.effects = effects;
  }

  /** One second of it; says whether the spec changed. */
  boolean tick() {
    while (!later.isEmpty() && later.firstKey() <= world.now()) {
      later.pollFirstEntry().getValue().run();
    }
    var mix = effects.mix();
    if (world.now() % 400 == 0) {
      people.createIndex(
          "daily" + days++, effects.between(1, 2), 1, 50L << 20, effects.between(3, 9));
    }
    badLuck(mix);
    if (world.now() >= nextMisfortune && effects.happens(mix.misfortune())) {
      misfortune(mix.collapses());
    }
    if (effects.happens(mix.meddling())) {
      meddle();
    }
    if (effects.happens(mix.rivals())) {
      rival();
    }
    if (effects.happens(mix.wishes())) {
      wish();
      return true;
    }
    return false;
  }

  /** The end of it: what was broken is repaired, what people did they undo. */
  void end() {
    later.clear();
    wishes.otherOwners(List.of());
    wishes.pause(false);
    wishes.windows(List.of());
    people.restoreAll();
    people.cleanUp();
  }

  private void after(long ticks, Runnable what) {
    long at = world.now() + ticks;
    while (later.containsKey(at)) {
      at++;
    }
    later.put(at, what);
  }

  private NodeName someone() {
    var nodes = people.nodes();
    return nodes.get(effects.between(0, nodes.size() - 1));
  }

  /** A node that Caretaker has just stopped does not come back, or comes back empty. */
  private void badLuck(Mix mix) {
    var stopped = people.stoppedByCaretaker();
    for (var node : stopped) {
      if (!known.contains(node) && effects.happens(mix.badLuck())) {
        if (effects.between(0, 2) == 0) {
          people.loseDiskAtNextStart(node);
        } else {
          people.failStarts(node, effects.between(100, 900));
        }
      }
    }
    known = stopped;
  }

  private void misfortune(boolean collapses) {
    var node = someone();
    int lasts = effects.between(20, 240);
    nextMisfortune = world.now() + lasts + effects.between(60, 300);
    switch (effects.between(0, collapses ? 13 : 6)) {
      case 0 -> people.kill(node);
      case 1 -> people.lose(node);
      case 2 -> people.freeze(node, lasts);
      case 3 -> people.hide(node, lasts);
      case 4 -> people.failStarts(node, 2L * lasts);
      case 5 -> people.loseDiskAtNextStart(node);
      case 6 -> people.kill(node);
      default -> collapse(lasts);
    }
    after(lasts, () -> people.start(node));
  }

  /** The market takes several machines of one kind within a minute or so, at times for long. */
  private void collapse(int lasts) {
    var zone = world.people().zoneOf(someone());
    long away = 60L + (effects.between(0, 1) == 0 ? lasts : LONG_COLLAPSE);
    for (var node : people.nodes()) {
      if (people.zoneOf(node).equals(zone) && effects.between(0, 2) > 0) {
        after(effects.between(1, 30), () -> people.kill(node));
        after(away, () -> people.start(node));
      }
    }
  }

  private void meddle() {
    int lasts = effects.between(30, 300);
    int what = effects.between(0, 6);
    if (what == 6) {
      people.setIndexEnable("index0", Optional.of("all"));
      after(lasts, () -> people.setIndexEnable("index0", Optional.empty()));
      return;
    }
    var key = List.of(Routing.ENABLE, Routing.REBALANCE, Routing.EXCLUDE_NAME).get(what % 3);
    var value =
        switch (what % 3) {
          case 0 -> List.of("none", "all", "primaries").get(effects.between(0, 2));
          case 1 -> List.of("none", "all").get(effects.between(0, 1));
          default -> someone().value();
        };
    Map<String, Optional<String>> put = Map.of(key, Optional.of(value));
    people.put(what < 3 ? Map.of() : put, what < 3 ? put : Map.of());
    after(lasts, people::cleanUp);
  }

  private void rival() {
    if (effects.between(0, 1) == 0) {
      wishes.otherOwners(List.of("other/cluster"));
      after(effects.between(20, 200), () -> wishes.otherOwners(List.of()));
    } else if (people.unmarked()) {
      var mark =
          new Mark(
              "other/cluster/uid-9",
              7,
              "Rollout",
              "Sheltering",
              List.of(),
              new TreeMap<>(),
              new TreeMap<>(),
              "");
      people.put(mark.settings(), Map.of());
      after(effects.between(20, 200), people::cleanUp);
    }
  }

  private void wish() {
    var now = Optional.of(world.instant());
    switch (effects.between(0, 5)) {
      case 0 -> {
        wishes.pause(true);
        after(effects.between(10, 200), () -> wishes.pause(false));
      }
      case 1 -> wishes.restartedAt(now);
      case 2 -> wishes.restartedAt(Optional.empty());
      case 3 -> wishes.restartedAt(now.map(at -> at.minusSeconds(100_000)));
      case 4 -> wishes.exclude(Set.of(someone()), Set.of());
      default -> wishes.exclude(Set.of(), Set.of());
    }
    world.log("the spec changes: " + wishes.policy().request());
  }
}
