package dev.caretaker.contract;

import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import org.junit.jupiter.api.BeforeEach;

/** The contract on buckets, kept by the adapter of S3 before a stand-in of S3. */
@RequiresMoto
class MotoBucketPortTest extends BucketPortContract {
  private S3BucketGround ground;

  @BeforeEach
  void prepare(Moto moto) {
    ground = new S3BucketGround(moto.url());
  }

  @Override
  BucketGround ground() {
    return ground;
  }
}
