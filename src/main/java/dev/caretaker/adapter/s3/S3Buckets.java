package dev.caretaker.adapter.s3;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.action.PipelineAction.OnBucket;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.BucketPort;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The buckets of one region, in the account of the credentials. One is enough for all pipelines of
 * a region. Safe for use by several threads.
 */
public final class S3Buckets implements BucketPort, AutoCloseable {
  private final S3Access s3;
  private final BucketReading reading;
  private final BucketOrders orders;
  private final Listings listings;

  S3Buckets(S3Access s3, Listing.Limits limits, Clock clock) {
    this.s3 = s3;
    this.reading = new BucketReading(s3);
    this.orders = new BucketOrders(s3, reading);
    this.listings = new Listings(s3, limits, clock);
  }

  /**
   * Opens the way; nothing is asked yet, so neither a wrong region nor missing credentials are told
   * before the first read. To be closed.
   */
  public static S3Buckets open(S3Settings settings, Clock clock) {
    return new S3Buckets(S3Access.open(settings), Listing.Limits.USUAL, clock);
  }

  private interface Question<T> {
    T ask() throws PortException;
  }

  private static <T> Observed<T> read(Question<T> question) {
    try {
      return Observed.known(question.ask());
    } catch (PortException failed) {
      return Observed.unknown(String.valueOf(failed.getMessage()));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Unknown, with what to do, where it is in another region or our own policy forbids the look.
   */
  @Override
  public Observed<BucketState> read(BucketName bucket) {
    return read(() -> reading.read(bucket));
  }

  /**
   * {@inheritDoc}
   *
   * <p>S3 lists by key and not by time, so that the whole prefix is listed first: unknown until
   * that has ended, which takes one call for each fifty thousand objects.
   */
  @Override
  public Observed<List<SourceObject>> next(Backfill backfill, Optional<SourceObject> after) {
    return read(() -> listings.next(backfill, after));
  }

  @Override
  public void perform(PipelineId pipeline, OnBucket action) throws PortException {
    if (action instanceof CreateBucket wish) {
      orders.create(pipeline, wish.bucket());
    } else if (action instanceof DeleteBucket wish) {
      orders.delete(pipeline, wish.bucket());
    } else {
      throw new IllegalStateException("no such change of a bucket: " + action);
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
