package dev.caretaker.contract;

import static dev.caretaker.contract.BucketGround.BUCKET;
import static dev.caretaker.contract.BucketGround.PIPELINE;
import static dev.caretaker.contract.BucketGround.backfill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.sandbox.objects.ObjectStore;
import dev.caretaker.testkit.SdkCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a backfill relies on, kept by the adapter before a real S3Proxy. That has no tags of buckets
 * and no blocks of public access, so that whose a bucket is can only be tried on moto; here it is
 * tried what Caretaker does with an S3 that lacks them.
 */
@Tag("engine")
class S3ProxyBucketPortTest extends BucketListingContract {
  private static ObjectStore store;

  private S3BucketGround ground;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException, InterruptedException {
    SdkCredentials.give();
    store = ObjectStore.open(directory, System.out::println);
  }

  @AfterAll
  static void end() throws IOException {
    store.close();
  }

  @BeforeEach
  void prepare() {
    ground = new S3BucketGround(store.endpoint());
  }

  @Override
  BucketGround ground() {
    return ground;
  }

  @Override
  @AfterEach
  void tidyUp() {
    ground.empty();
    super.tidyUp();
  }

  @Test
  void shouldFindEachObjectOnceOnMoreThanOnePage() {
    ground.stranger(BUCKET);
    Set<String> keys = new HashSet<>();
    for (int number = 0; number < 1001; number++) {
      ground.put(BUCKET, "tc." + number);
      keys.add("tc." + number);
    }

    var found = ground.next(backfill("tc.", Order.NEWEST_FIRST, 2 * ALL), Optional.empty());

    assertThat(found).hasSize(keys.size());
    assertThat(found).extracting(SourceObject::key).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void shouldSayThatABucketIsOnlyHalfMadeWhereThereAreNoTags() {
    var half =
        catchThrowableOfType(
            PortException.class, () -> ground.port().perform(PIPELINE, new CreateBucket(BUCKET)));

    assertThat(half).hasMessageContaining("was made, but is not set up");
    assertThat(half.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    assertThat(ground.read(BUCKET)).isEqualTo(BucketState.USABLE);
  }

  @Test
  void neverDeletesABucketWhoseTagsCannotBeRead() {
    ground.stranger(BUCKET);

    var refused =
        catchThrowableOfType(
            PortException.class, () -> ground.port().perform(PIPELINE, new DeleteBucket(BUCKET)));

    assertThat(refused).hasMessageContaining("s3:GetBucketTagging");
    assertThat(ground.read(BUCKET)).isEqualTo(BucketState.USABLE);
  }
}
