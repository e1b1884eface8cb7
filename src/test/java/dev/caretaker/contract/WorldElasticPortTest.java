package dev.caretaker.contract;

/** The contract on settings and shards, kept by the simulated cluster. */
class WorldElasticPortTest extends ElasticPortContract {

  @Override
  Ground prepare() {
    return WorldGround.prepare();
  }
}
