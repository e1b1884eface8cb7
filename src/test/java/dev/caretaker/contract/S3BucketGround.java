package dev.caretaker.contract;

import dev.caretaker.adapter.s3.S3Buckets;
import dev.caretaker.adapter.s3.S3Settings;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.port.BucketPort;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets of whoever answers as S3 does, in the first region. */
final class S3BucketGround implements BucketGround {
  private static final String REGION = "us-east-1";

  private final S3Client client;
  private final S3Buckets port;

  S3BucketGround(URI endpoint) {
    client =
        S3Client.builder()
            .region(Region.of(REGION))
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .build();
    port = S3Buckets.open(new S3Settings(REGION, Optional.of(endpoint)), Clock.systemUTC());
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

  /** Leaves no bucket to the next test. */
  void empty() {
    for (var bucket : client.listBuckets().buckets()) {
      for (var page : client.listObjectsV2Paginator(each -> each.bucket(bucket.name()))) {
        for (var object : page.contents()) {
          client.deleteObject(each -> each.bucket(bucket.name()).key(object.key()));
        }
      }
      client.deleteBucket(each -> each.bucket(bucket.name()));
    }
  }

  @Override
  public void close() {
    port.close();
    client.close();
  }
}
