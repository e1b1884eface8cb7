package dev.caretaker.world.simulation;

import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.handshake.Released;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.world.Harm;
import dev.caretaker.world.Remains;
import dev.caretaker.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees every deed at the moment it is asked for, and knows what nobody had asked for. */
final class Witness {
  private final World world;
  private final Remains remains;
  private final Wishes wishes;
  private final Approver approver;
  private final List<Harm> harms = new ArrayList<>();
  private final Optional<Fleet> fleet;
  private Set<String> released = Set.of();
  private boolean foreignMark;
  private boolean ownMark;
  private boolean steered;
  private long seenAt;

  Witness(World world, Wishes wishes, Approver approver, Optional<Fleet> fleet) {
    this.fleet = fleet;
    this.world = world;
    this.remains = new Remains(world);
    this.wishes = wishes;
    this.approver = approver;
  }

  /** A read shows the world as it was at that second. */
  void sees(long at) {
    seenAt = at;
    // a rival who writes after the read is not blamed on the reader
    foreignMark = at == world.now() && remains.foreignMark(wishes.policy()).isPresent();
    // whoever holds the cluster already may finish, whoever else asks for it
    ownMark = at != world.now() || remains.marked();
    steered = at == world.now() && remains.steeredByAPerson();
  }

  long seenAt() {
    return seenAt;
  }

  /** What was seen since the last call. */
  List<Harm> take() {
    var taken = List.copyOf(harms);
    harms.clear();
    return taken;
  }

  void saves(EsProgress progress) {
    approver.saved(progress).ifPresent(set -> blame("Unapproved", set));
    var now = progress.released().stream().map(Released::instanceId).collect(Collectors.toSet());
    now.stream().filter(id -> !released.contains(id)).map(NodeName::new).forEach(this::releases);
    released = now;
  }

  private void releases(NodeName node) {
    if (fleet.filter(each -> each.asksFor(node)).isEmpty()) {
      blame("Unasked", node + " is released though nobody asked");
    }
    harms.addAll(remains.release(node));
  }

  /** A status that is lost has released nobody. */
  void forgets() {
    released = Set.of();
  }

  /** What EC2 takes within seconds is stopped whatever speaks against it. */
  private boolean diesAnyway(EsAction action) {
    return action instanceof EsAction.StopNode stop
        && fleet.filter(each -> each.isTakenWithin(stop.node(), 20)).isPresent();
  }

  /** What EC2 takes within minutes is emptied at any time, and nobody is asked. */
  private boolean rescues(EsAction action) {
    return action instanceof EsAction.MoveShard move
        && fleet
            .filter(each -> remains.nameOf(move.from()).filter(each::isTaken).isPresent())
            .isPresent();
  }

  void acts(EsAction action) {
    if (diesAnyway(action)) {
      return;
    }
    var policy = wishes.policy();
    boolean rescues = rescues(action);
    if (action.disruptive()) {
      if (policy.paused()) {
        blame("Paused", action + " though paused");
      }
      if (!rescues && !open(policy)) {
        blame("OutsideWindow", action + " though no window is open");
      }
      if (foreignMark || (!wishes.otherOwners().isEmpty() && !ownMark)) {
        blame("NotOurs", action + " on a cluster of somebody else");
      }
    }
    boolean reports = policy.allocation().conflicts() == Conflicts.REPORT;
    boolean moves = action instanceof EsAction.StopNode || action instanceof EsAction.MoveShard;
    if (steered && reports && moves) {
      blame("Conflict", action + " though a person steers the cluster by hand");
    }
    boolean shelters =
        action instanceof EsAction.MoveShard
            || (action instanceof EsAction.SetReplicas set && set.to() > set.from());
    if (shelters && !rescues && !approver.mayShelter()) {
      blame("Unapproved", action + " for a set that nobody has approved");
    }
    if (action instanceof EsAction.StopNode stop && !isAsked(policy, stop.node())) {
      blame("Unasked", action + " though nobody asked");
    }
    if (action instanceof EsAction.StartNode start && released.contains(start.node().value())) {
      blame("StartedReleased", action + " though it was released");
    }
    if (action instanceof EsAction.PutSettings put) {
      writes(policy, put);
    }
  }

  private boolean isAsked(EsPolicy policy, NodeName node) {
    boolean due =
        policy.rollout().restartedAt().filter(at -> !at.isAfter(world.instant())).isPresent();
    return fleet.filter(each -> each.asksFor(node)).isPresent()
        || (due && remains.selects(policy, node));
  }

  private boolean open(EsPolicy policy) {
    var windows = policy.rollout().windows();
    return windows.isEmpty()
        || windows.stream().anyMatch(each -> each.openUntil(world.instant()).isPresent());
  }

  private void writes(EsPolicy policy, EsAction.PutSettings put) {
    if (foreignMark) {
      blame("NotOurs", put + " on a cluster of somebody else");
    }
    if (policy.allocation().conflicts() == Conflicts.REPORT) {
      remains
          .overwritten(policy, put, seenAt)
          .forEach(line -> blame("Overwritten", "a person's " + line));
    }
  }

  private void blame(String invariant, String explanation) {
    harms.add(new Harm(invariant, explanation));
  }
}
