package dev.caretaker.contract;

import dev.caretaker.adapter.s3.S3Buckets;
import dev.caretaker.adapter.s3.S3Settings;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.port.BucketPort;
import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract on buckets, kept by the adapter of S3 before a stand-in of S3. */
@RequiresMoto
class MotoBucketPortTest extends BucketPortContract {
  private MotoBucketGround ground;

  @BeforeEach
  void prepare(Moto moto) {
    ground = new MotoBucketGround(moto);
  }

  @Override
  BucketGround ground() {
    return ground;
  }

  private static final class MotoBucketGround implements BucketGround {
    private final S3Client client;
    private final S3Buckets port;

    MotoBucketGround(Moto moto) {
      client =
          S3Client.builder()
              .region(Region.of(Moto.REGION))
              .endpointOverride(moto.url())
              .forcePathStyle(true)
              .build();
      port =
          S3Buckets.open(new S3Settings(Moto.REGION, Optional.of(moto.url())), Clock.systemUTC());
    }

    @Override
    public BucketPort port() {
      return port;
    }

    @Override
    public void stranger(BucketName bucket) {
      client.createBucket(each -> each.bucket(bucket.value()));
    }

    @Override
    public void put(BucketName bucket, String key) {
      client.putObject(each -> each.bucket(bucket.value()).key(key), RequestBody.fromString("{}"));
    }

    /** S3 tells times in whole seconds, by its own clock. */
    @Override
    public void aWhile() {
      var since = Instant.now();
      while (Instant.now().isBefore(since.plusMillis(1100))) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      port.close();
      client.close();
    }
  }
}
