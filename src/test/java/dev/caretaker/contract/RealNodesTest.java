package dev.caretaker.contract;

import dev.caretaker.sandbox.engine.EngineKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on nodes, kept by real engines; CARETAKER_ENGINES says which. */
@Tag("engine")
@Tag("contract")
@ParameterizedClass
@MethodSource("dev.caretaker.testkit.RealEngine#chosen")
class RealNodesTest extends NodesContract {
  private final EngineKind kind;

  RealNodesTest(EngineKind kind) {
    this.kind = kind;
  }

  @Override
  Ground prepare() {
    return RealGround.prepare(kind);
  }
}
