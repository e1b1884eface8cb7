package dev.caretaker.world.simulation;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The engine behind a bad network: stale reads, lost calls, writes that are applied later. */
final class FaultyEngine implements EsPort {
  /** Older than this no read is. */
  private static final long STALEST = 8;

  private final World world;
  private final Effects effects;
  private final Witness witness;
  private final Deque<Seen> seen = new ArrayDeque<>();
  private final List<Late> late = new ArrayList<>();

  private record Seen(long at, Observed<ClusterView> view) {}

  private record Late(long due, EsAction.OnEngine action, long decidedOn) {}

  FaultyEngine(World world, Effects effects, Witness witness) {
    this.world = world;
    this.effects = effects;
    this.witness = witness;
  }

  /** Applies what was asked earlier and is due now. */
  void tick() {
    for (int i = 0; i < late.size(); ) {
      var each = late.get(i);
      if (each.due() > world.now()) {
        i++;
        continue;
      }
      late.remove(i);
      world.decidedOn(each.decidedOn());
      try {
        world.engine().perform(each.action());
        world.log("late: " + each.action());
      } catch (PortException refused) {
        world.log("late and refused: " + refused.getMessage());
      }
    }
  }

  /** A new process waits for no slow answer of the one before. */
  void forget() {
    seen.clear();
  }

  boolean idle() {
    return late.isEmpty();
  }

  @Override
  public Observed<ClusterView> read(Set<ShardId> explain) {
    var mix = effects.mix();
    if (effects.happens(mix.blind())) {
      return Observed.unknown("the read timed out");
    }
    while (!seen.isEmpty() && seen.getFirst().at() < world.now() - STALEST) {
      seen.removeFirst();
    }
    if (!seen.isEmpty() && effects.happens(mix.stale())) {
      var old = seen.getFirst();
      see(old.at());
      return old.view();
    }
    var fresh = world.engine().read(explain);
    seen.addLast(new Seen(world.now(), fresh));
    see(world.now());
    return fresh;
  }

  private void see(long at) {
    world.decidedOn(at);
    witness.sees(at);
  }

  @Override
  public Observed<Boolean> probe() {
    return effects.happens(effects.mix().blind())
        ? Observed.unknown("the probe timed out")
        : world.engine().probe();
  }

  @Override
  public void perform(EsAction.OnEngine action) throws PortException {
    effects.mayCrash();
    witness.acts(action);
    var mix = effects.mix();
    if (effects.happens(mix.lost())) {
      world.log("lost: " + action);
      throw new PortException(Kind.UNREACHABLE, "connection refused");
    }
    if (effects.happens(mix.unanswered())) {
      unanswered(action);
    }
    world.engine().perform(action);
    effects.mayCrash();
  }

  /** Done now, later or never; the caller only learns that no answer came. */
  private void unanswered(EsAction.OnEngine action) throws PortException {
    int delay = effects.between(-5, 15);
    if (delay > 0) {
      late.add(new Late(world.now() + delay, action, witness.seenAt()));
    } else if (delay > -3) {
      world.engine().perform(action);
    }
    world.log("unanswered: " + action);
    throw new PortException(Kind.UNKNOWN_OUTCOME, "no answer in time");
  }
}
