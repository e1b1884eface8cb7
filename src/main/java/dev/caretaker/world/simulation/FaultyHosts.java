package dev.caretaker.world.simulation;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.world.World;

/** The machines behind a bad network. */
final class FaultyHosts implements HostPort {
  private final World world;
  private final Effects effects;
  private final Witness witness;

  FaultyHosts(World world, Effects effects, Witness witness) {
    this.world = world;
    this.effects = effects;
    this.witness = witness;
  }

  @Override
  public Observed<HostProcess> read(NodeName node) {
    return effects.happens(effects.mix().blind() / 4)
        ? Observed.unknown("the host did not answer in time")
        : world.hosts().read(node);
  }

  @Override
  public void perform(EsAction.OnHost action) throws PortException {
    effects.mayCrash();
    witness.acts(action);
    var mix = effects.mix();
    if (effects.happens(mix.lost())) {
      world.log("lost: " + action);
      throw new PortException(Kind.UNREACHABLE, "connection refused");
    }
    world.hosts().perform(action);
    if (effects.happens(mix.unanswered())) {
      world.log("unanswered: " + action);
      throw new PortException(Kind.UNKNOWN_OUTCOME, "no answer in time");
    }
    effects.mayCrash();
  }
}
