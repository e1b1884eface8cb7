package dev.caretaker.elastic.routing;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.Conflict;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.EsPolicy;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What shall stand in the cluster settings: our keys, the mark beside them, and, where that was
 * asked for, nothing of others above them.
 *
 * @param routing value of each owned key that this write touches; keys in conflict are left alone,
 *     and the trace of a release is removed once something else is asked
 * @param cleared transient keys to be removed
 * @param mark who holds it, not yet numbered; empty where nothing of ours is left
 */
public record WantedSettings(
    SortedMap<String, Optional<String>> routing,
    SortedMap<String, Optional<String>> cleared,
    Optional<Mark> mark) {

  /**
   * Computes the wanted settings.
   *
   * @param mark what the mark shall say, but for the values that it was written with
   * @param procedureHolds whether a procedure is under way, which is marked even without a value
   */
  public static WantedSettings of(
      EsPolicy policy,
      ClusterSettings settings,
      Routing routing,
      Mark mark,
      boolean procedureHolds) {
    var attribute = policy.zoneAttribute();
    var wanted = new TreeMap<>(routing.settings(attribute, settings));
    var conflicts = Conflict.in(settings, attribute, policy.baseline());
    var cleared = new TreeMap<String, Optional<String>>();
    var wrote = new TreeMap<>(Routing.present(wanted));
    // Who pauses Caretaker and then changes settings by hand does not want them taken over.
    if (policy.allocation().conflicts() == EsPolicy.Conflicts.TAKE_OVER && !policy.paused()) {
      conflicts.stream()
          .filter(each -> each.scope().equals("transient"))
          .forEach(each -> cleared.put(each.key(), Optional.empty()));
    } else {
      leaveAlone(conflicts, settings, wanted, wrote);
    }
    dropEarlierAttribute(settings, attribute, wanted);
    var needed = procedureHolds || !Routing.present(wanted).isEmpty();
    forgetRelease(policy, settings, wanted);
    var full =
        new Mark(
            mark.owner(),
            0,
            mark.procedure(),
            mark.stage(),
            mark.set(),
            mark.replicasBefore(),
            wrote,
            mark.request(),
            mark.leaving());
    return new WantedSettings(wanted, cleared, needed ? Optional.of(full) : Optional.empty());
  }

  /** When spec.zones.attribute changes, what we wrote under the earlier one is not needed. */
  private static void dropEarlierAttribute(
      ClusterSettings settings, String attribute, SortedMap<String, Optional<String>> wanted) {
    var wrote = Mark.in(settings.persistent()).map(Mark::wrote).orElse(new TreeMap<>());
    wrote.forEach(
        (key, value) -> {
          if (!Routing.keys(attribute).contains(key)
              && value.equals(settings.persistent().get(key))) {
            wanted.put(key, Optional.empty());
          }
        });
  }

  /** What {@code caretaker release} left stands until something else is asked. */
  private static void forgetRelease(
      EsPolicy policy, ClusterSettings settings, SortedMap<String, Optional<String>> wanted) {
    var released = Optional.ofNullable(settings.persistent().get(Mark.RELEASED));
    if (released.filter(request -> !request.equals(policy.request())).isPresent()) {
      wanted.put(Mark.RELEASED, Optional.empty());
    }
  }

  /** After {@code caretaker release}, until something else is asked: nothing of ours. */
  public static WantedSettings released() {
    return new WantedSettings(new TreeMap<>(), new TreeMap<>(), Optional.empty());
  }

  /** A value in conflict stays; what the mark remembers of the key stays too, so that it shows. */
  private static void leaveAlone(
      List<Conflict> conflicts,
      ClusterSettings settings,
      SortedMap<String, Optional<String>> wanted,
      SortedMap<String, String> wrote) {
    var before = Mark.in(settings.persistent()).map(Mark::wrote);
    for (var conflict : conflicts) {
      var key = conflict.key();
      var stored = Optional.ofNullable(settings.persistent().get(key));
      if (conflict.scope().equals("persistent")
          && !Conflict.saysTheSame(
              key, stored, wanted.getOrDefault(key, Optional.empty()), settings)) {
        wanted.remove(key);
        wrote.remove(key);
        before.map(values -> values.get(key)).ifPresent(value -> wrote.put(key, value));
      }
    }
  }

  /** Whether a read shows exactly this, with the number of the last write that was decided. */
  public boolean inForce(ClusterSettings settings, long sequence) {
    if (!cleared.isEmpty()) {
      return false;
    }
    for (var each : routing.entrySet()) {
      var stored = Optional.ofNullable(settings.persistent().get(each.getKey()));
      boolean same =
          mark.isPresent()
              ? stored.equals(each.getValue())
              : Conflict.saysTheSame(each.getKey(), stored, each.getValue(), settings);
      if (!same) {
        return false;
      }
    }
    var standing = Mark.in(settings.persistent());
    if (mark.isEmpty() || standing.isEmpty()) {
      return mark.isEmpty() && standing.isEmpty() && Mark.nonceIn(settings.persistent()).isEmpty();
    }
    var numbered = mark.get().numbered(sequence);
    return standing.get().equals(numbered)
        && Mark.nonceIn(settings.persistent()).equals(Optional.of(numbered.nonce()));
  }

  /** The one write that brings it about. */
  public EsAction.PutSettings put(long sequence) {
    var persistent = new TreeMap<>(routing);
    if (mark.isPresent()) {
      persistent.putAll(mark.get().numbered(sequence).settings());
    } else {
      persistent.putAll(Mark.removal());
    }
    return new EsAction.PutSettings(persistent, cleared);
  }
}
