package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.BucketPort;
import dev.caretaker.port.PortException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The buckets of a simulated platform. */
public final class PlatformBuckets implements BucketPort {
  private static final Comparator<SourceObject> BY_TIME =
      Comparator.comparing(SourceObject::modifiedAt).thenComparing(SourceObject::key);

  private final Platform platform;

  /** A port. */
  public PlatformBuckets(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Observed<BucketState> read(BucketName bucket) {
    return Observed.known(platform.bucket(bucket));
  }

  @Override
  public Observed<List<SourceObject>> next(Backfill backfill, Optional<SourceObject> after) {
    if (platform.bucket(backfill.bucket()) != BucketState.USABLE) {
      return Observed.unknown("there is no bucket " + backfill.bucket());
    }
    var order = backfill.order() == Order.OLDEST_FIRST ? BY_TIME : BY_TIME.reversed();
    return Observed.known(
        platform.objects(backfill.bucket()).stream()
            .filter(each -> each.key().startsWith(backfill.prefix()))
            .filter(each -> !each.modifiedAt().isBefore(backfill.from()))
            .filter(each -> each.modifiedAt().isBefore(backfill.to()))
            .sorted(order)
            .filter(each -> after.isEmpty() || order.compare(each, after.get()) > 0)
            .limit(backfill.limit())
            .toList());
  }

  @Override
  public void perform(PipelineId pipeline, PipelineAction.OnBucket action) throws PortException {
    if (action instanceof PipelineAction.CreateBucket create) {
      create(create.bucket());
    } else if (action instanceof PipelineAction.DeleteBucket delete) {
      delete(delete.bucket());
    }
  }

  private void create(BucketName bucket) throws PortException {
    switch (platform.bucket(bucket)) {
      case ABSENT -> platform.makeBucket(bucket);
      case FOREIGN -> throw refused("BucketAlreadyExists");
      case USABLE -> {}
    }
  }

  private void delete(BucketName bucket) throws PortException {
    if (!platform.isOurs(bucket) || !platform.objects(bucket).isEmpty()) {
      throw refused(bucket + " is not ours, or holds objects");
    }
    platform.bucket(bucket, BucketState.ABSENT);
  }

  private static PortException refused(String what) {
    return new PortException(PortException.Kind.REFUSED, what);
  }
}
