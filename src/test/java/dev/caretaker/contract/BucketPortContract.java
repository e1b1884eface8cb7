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
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the pipeline's decider relies on where buckets are made and deleted too. */
abstract class BucketPortContract extends BucketListingContract {
  private void make() throws PortException {
    ground().port().perform(PIPELINE, new CreateBucket(BUCKET));
  }

  private void refusesToDelete(PipelineId pipeline) {
    var refusal =
        catchThrowableOfType(
            PortException.class, () -> ground().port().perform(pipeline, new DeleteBucket(BUCKET)));
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.USABLE);
  }

  @Test
  void shouldMakeABucketOnce() throws PortException {
    make();
    ground().put(BUCKET, "a");
    make();

    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.USABLE);
    assertThat(ground().next(backfill("", Order.OLDEST_FIRST, ALL), Optional.empty())).hasSize(1);
  }

  @Test
  void shouldDeleteItsOwnEmptyBucket() throws PortException {
    make();

    ground().port().perform(PIPELINE, new DeleteBucket(BUCKET));

    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.ABSENT);
    ground().port().perform(PIPELINE, new DeleteBucket(BUCKET));
  }

  @Test
  void neverDeletesABucketThatHoldsAnything() throws PortException {
    make();
    ground().put(BUCKET, "a");

    refusesToDelete(PIPELINE);
  }

  @Test
  void neverDeletesABucketThatItHasNotMade() throws PortException {
    ground().stranger(BUCKET);
    make();

    refusesToDelete(PIPELINE);
  }

  @Test
  void neverDeletesTheBucketOfANamesake() throws PortException {
    make();

    refusesToDelete(new PipelineId(PIPELINE.namespace(), PIPELINE.name(), "another-uid"));
  }
}
