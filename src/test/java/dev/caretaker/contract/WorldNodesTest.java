package dev.caretaker.contract;

/** The contract on nodes, kept by the simulated cluster. */
class WorldNodesTest extends NodesContract {

  @Override
  Ground prepare() {
    return WorldGround.prepare();
  }
}
