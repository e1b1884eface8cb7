package dev.caretaker.world;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Optional;

/** The simulated machines as their supervisors show them. */
final class WorldHosts implements HostPort {
  private final World world;

  WorldHosts(World world) {
    this.world = world;
  }

  @Override
  public Observed<HostProcess> read(NodeName node) {
    var machine = world.machine(node);
    if (machine.isEmpty()) {
      return Observed.unknown("no machine " + node);
    }
    if (world.now < machine.get().unreachableUntil) {
      return Observed.unknown("the host of " + node + " does not answer");
    }
    return Observed.known(process(machine.get()));
  }

  private static HostProcess process(Machine machine) {
    boolean running = machine.process == State.RUNNING;
    long free = Math.max(0, machine.diskTotal - machine.used());
    return new HostProcess(
        machine.process,
        running ? Optional.of(machine.incarnation) : Optional.empty(),
        running ? Optional.of(World.at(machine.startedAt + machine.clockSkew)) : Optional.empty(),
        Optional.of(new Bytes(machine.diskTotal)),
        Optional.of(new Bytes(free)));
  }

  @Override
  public void perform(EsAction.OnHost action) throws PortException {
    if (action instanceof EsAction.StopNode stop) {
      stop(reach(stop.node()), stop.incarnation());
    } else if (action instanceof EsAction.StartNode start) {
      world.processes.start(reach(start.node()));
    }
  }

  private Machine reach(NodeName node) throws PortException {
    var machine = world.machine(node);
    if (machine.isEmpty() || world.now < machine.get().unreachableUntil) {
      throw new PortException(Kind.UNREACHABLE, "the host of " + node + " does not answer");
    }
    return machine.get();
  }

  private void stop(Machine machine, String incarnation) throws PortException {
    boolean runs = machine.process == State.RUNNING && machine.endsAt == World.NEVER;
    if (runs && !machine.incarnation.equals(incarnation)) {
      throw new PortException(Kind.REFUSED, machine + " runs as " + machine.incarnation);
    }
    if (runs) {
      world.processes.stopForUs(machine);
    }
  }
}
