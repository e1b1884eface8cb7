package dev.caretaker.contract;

import dev.caretaker.sandbox.engine.EngineKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on settings and shards, kept by real engines; CARETAKER_ENGINES says which. */
@Tag("engine")
@Tag("contract")
@ParameterizedClass
@MethodSource("dev.caretaker.testkit.RealEngine#chosen")
class RealElasticPortTest extends ElasticPortContract {
  private final EngineKind kind;

  RealElasticPortTest(EngineKind kind) {
    this.kind = kind;
  }

  @Override
  Ground prepare() {
    return RealGround.prepare(kind);
  }
}
