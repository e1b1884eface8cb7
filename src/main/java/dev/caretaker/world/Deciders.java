package dev.caretaker.world;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.Explanation;
import dev.caretaker.elastic.model.Routing;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine's allocation deciders that matter here, by the names that its explain uses. */
final class Deciders {
  static final String SAME_SHARD = "same_shard";
  static final String FILTER = "filter";
  static final String AWARENESS = "awareness";
  static final String DISK = "disk_threshold";
  static final String ENABLE = "enable";
  static final String LIMIT = "shards_limit";
  static final String AWARENESS_KEY = "cluster.routing.allocation.awareness.attributes";
  static final double LOW = 0.85;
  static final double HIGH = 0.90;
  static final double FLOOD = 0.95;

  /** Which reason to tell where other machines have different ones, most telling first. */
  private static final List<String> TELLING =
      List.of(ENABLE, AWARENESS, DISK, LIMIT, FILTER, SAME_SHARD);

  private final World world;
  private Allocation enable = Allocation.ALL;
  private String rebalance = "all";
  private boolean aware;

  Deciders(World world) {
    this.world = world;
  }

  /** Who forbids the copy on the machine; null where nobody does. */
  @Nullable String forbids(Copy copy, Machine machine) {
    if (!allows(copy)) {
      return ENABLE;
    }
    return forbidsExplicit(copy, machine);
  }

  /** The same for an explicit command, which {@code enable} does not bind. */
  @Nullable String forbidsExplicit(Copy copy, Machine machine) {
    if (copy.shard.isOn(machine)) {
      return SAME_SHARD;
    }
    if (filtered(copy.shard.index, machine)) {
      return FILTER;
    }
    if (tooManyInZone(copy, machine, 1)) {
      return AWARENESS;
    }
    var stored = machine.store.get(copy.shard);
    long more = stored == null ? copy.shard.bytes : 0;
    world.count();
    if (machine.sampledUsed + machine.arriving + more > LOW * machine.diskTotal) {
      return DISK;
    }
    return full(copy, machine, 1) ? LIMIT : null;
  }

  /** Who says that a started copy cannot remain; null where it can. */
  @Nullable String forbidsRemaining(Copy copy, Machine machine) {
    if (filtered(copy.shard.index, machine)) {
      return FILTER;
    }
    if (tooManyInZone(copy, machine, 0)) {
      return AWARENESS;
    }
    world.count();
    if (machine.sampledUsed - machine.leaving > HIGH * machine.diskTotal) {
      return DISK;
    }
    return full(copy, machine, 0) ? LIMIT : null;
  }

  /** Whether {@code enable} lets the allocator touch the copy; an index's own value outranks. */
  boolean allows(Copy copy) {
    var own = copy.shard.index.allocationEnable;
    return switch (own.isEmpty() ? enable : Allocation.of(own.get()).orElse(enable)) {
      case ALL -> true;
      case PRIMARIES -> copy.primary;
      case NEW_PRIMARIES -> copy.primary && copy.unassigned() && copy.shard.inSync.isEmpty();
      case NONE -> false;
    };
  }

  boolean rebalances(Copy copy) {
    return switch (copy.shard.index.rebalanceEnable.orElse(rebalance)) {
      case "none" -> false;
      case "primaries" -> copy.primary;
      case "replicas" -> !copy.primary;
      default -> true;
    };
  }

  /** Takes over what the settings say now. */
  void refresh() {
    enable = Allocation.of(world.settings.inForce(Routing.ENABLE, "all")).orElse(Allocation.ALL);
    rebalance = world.settings.inForce(Routing.REBALANCE, "all");
    aware = world.settings.inForce(AWARENESS_KEY, "").equals(world.zoneKey);
    for (var machine : world.machines) {
      machine.excluded =
          matches(Routing.EXCLUDE_ID, machine.id.value())
              || matches(Routing.EXCLUDE_NAME, machine.name.value())
              || matches(Routing.EXCLUDE + world.zoneKey, machine.zone.value());
    }
  }

  private boolean matches(String key, String value) {
    return listed(world.settings.inForce(key, ""), value);
  }

  private static boolean listed(String patterns, String value) {
    if (patterns.isEmpty()) {
      return false;
    }
    for (var pattern : patterns.split(",", -1)) {
      var plain = pattern.trim();
      boolean hit =
          plain.endsWith("*")
              ? value.startsWith(plain.substring(0, plain.length() - 1))
              : plain.equals(value);
      if (hit && !plain.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean filtered(WorldIndex index, Machine machine) {
    return machine.excluded || (!index.filters.isEmpty() && filteredByIndex(index, machine));
  }

  private boolean filteredByIndex(WorldIndex index, Machine machine) {
    for (var filter : index.filters.entrySet()) {
      var kind = filter.getKey().substring(0, filter.getKey().indexOf('.'));
      boolean hit = listed(filter.getValue(), attribute(filter.getKey(), machine));
      if (kind.equals("exclude") ? hit : !hit) {
        return true;
      }
    }
    return false;
  }

  private String attribute(String key, Machine machine) {
    var attribute = key.substring(key.indexOf('.') + 1);
    return switch (attribute) {
      case "_name" -> machine.name.value();
      case "_id" -> machine.id.value();
      default -> attribute.equals(world.zoneKey) ? machine.zone.value() : "";
    };
  }

  private boolean tooManyInZone(Copy copy, Machine machine, int more) {
    if (!aware) {
      return false;
    }
    int zones = Math.max(1, world.zonesPresent());
    int copies = 1 + copy.shard.index.replicas;
    int most = (copies + zones - 1) / zones;
    int there = more;
    for (var other : copy.shard.copies) {
      var at = other.target != null ? other.target : other.machine;
      // the copy that would move away from the zone makes room in it
      if (at != null && at.zone.equals(machine.zone) && (more == 0 || other != copy)) {
        there++;
      }
    }
    return there > most;
  }

  /** {@code total_shards_per_node} of the index. */
  private boolean full(Copy copy, Machine machine, int more) {
    var limit = copy.shard.index.totalShardsPerNode;
    if (limit.isEmpty()) {
      return false;
    }
    int there = more;
    for (var shard : copy.shard.index.shards) {
      there += shard.isOn(machine) ? 1 : 0;
    }
    return there > limit.get();
  }

  /** Why some copy of the shard neither stays by right nor moves; empty where all is well. */
  Optional<Explanation> explain(Shard shard) {
    for (var copy : shard.copies) {
      var machine = copy.machine;
      boolean stuck =
          copy.unassigned()
              || (copy.active() && machine != null && forbidsRemaining(copy, machine) != null);
      if (stuck) {
        return telling(copy);
      }
    }
    return Optional.empty();
  }

  private Optional<Explanation> telling(Copy copy) {
    var said = new HashSet<String>();
    for (var machine : world.machines) {
      if (machine.member && machine.holdsData()) {
        var decider = forbids(copy, machine);
        if (decider == null) {
          return Optional.empty();
        }
        said.add(decider);
      }
    }
    return TELLING.stream().filter(said::contains).findFirst().map(Deciders::sentence);
  }

  private static Explanation sentence(String decider) {
    var sentences =
        Map.of(
            ENABLE, "allocations are forbidden by [enable]",
            AWARENESS, "there are too many copies of the shard in this zone",
            DISK, "the node is above the low watermark",
            LIMIT, "too many shards of the index are on this node",
            FILTER, "node matches a filter",
            SAME_SHARD, "a copy of this shard is already allocated to this node");
    return new Explanation(decider, sentences.getOrDefault(decider, decider));
  }
}
