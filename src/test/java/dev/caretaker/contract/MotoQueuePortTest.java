package dev.caretaker.contract;

import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import org.junit.jupiter.api.BeforeEach;

/** The contract on queues, kept by the adapter of SQS before another stand-in of SQS. */
@RequiresMoto
class MotoQueuePortTest extends QueuePortContract {
  private SqsGround ground;

  @BeforeEach
  void prepare(Moto moto) {
    ground = new SqsGround(moto.url(), moto.url(), () -> {});
  }

  @Override
  QueueGround ground() {
    return ground;
  }
}
