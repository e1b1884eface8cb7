package dev.caretaker.contract;

import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on real engines; CARETAKER_ENGINES says which. */
@ParameterizedClass
@MethodSource("dev.caretaker.testkit.RealEngine#chosen")
class RealElasticPortTest extends ElasticPortContract {
  private final EngineKind kind;

  RealElasticPortTest(EngineKind kind) {
    this.kind = kind;
  }

  @Override
  Ground prepare() {
    var cluster = RealEngine.shared(kind);
    try {
      RealEngine.restore(cluster);
      return new RealGround(cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
