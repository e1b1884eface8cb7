package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.GuestNodes;
import java.io.IOException;

/** Machines that are nodes of the cluster from their boot on. */
record NodeMachines(GuestNodes nodes) implements Machinery {

  @Override
  public void boot(String machine) throws IOException {
    nodes.start(machine, MachineRoom.ZONE);
  }

  @Override
  public void lose(String machine) throws IOException, InterruptedException {
    nodes.lose(machine);
  }

  @Override
  public boolean runs(String machine) {
    return nodes.runs(machine);
  }
}
