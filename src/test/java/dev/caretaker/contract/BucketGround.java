package dev.caretaker.contract;

import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.BucketPort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A place for buckets to try a contract on: none is there. */
interface BucketGround extends AutoCloseable {
  PipelineId PIPELINE = QueueGround.PIPELINE;
  BucketName BUCKET = new BucketName("active-data-codecoverage");

  BucketPort port();

  /** Makes a bucket as somebody else of the same account would. */
  void stranger(BucketName bucket);

  /** Puts an object into a bucket, as a logger does. */
  void put(BucketName bucket, String key);

  /** Lets so much time pass that what is put later has another time. */
  void aWhile();

  @Override
  void close();

  /** The state of the bucket, which must be known. */
  default BucketState read(BucketName bucket) {
    var read = port().read(bucket);
    return read.ifKnown().orElseThrow(() -> new AssertionError("unknown: " + read));
  }

  default List<SourceObject> next(Backfill backfill, Optional<SourceObject> after) {
    var read = port().next(backfill, after);
    return read.ifKnown().orElseThrow(() -> new AssertionError("unknown: " + read));
  }

  /** A backfill of all times. */
  static Backfill backfill(String prefix, Order order, int limit) {
    return between(Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"), prefix, order, limit);
  }

  static Backfill between(Instant from, Instant to, String prefix, Order order, int limit) {
    return new Backfill(BUCKET, prefix, from, to, order, limit, 100);
  }
}
