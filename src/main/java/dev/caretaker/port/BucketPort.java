package dev.caretaker.port;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.SourceObject;
import java.util.List;
import java.util.Optional;

/** The buckets of a pipeline, in one region. */
public interface BucketPort {

  /** Whether the bucket is there and can be used. */
  Observed<BucketState> read(BucketName bucket);

  /**
   * The next objects of a backfill, in its order, at most {@code limit} of it.
   *
   * @param after the last one that was sent; empty: from the beginning
   */
  Observed<List<SourceObject>> next(Backfill backfill, Optional<SourceObject> after);

  /**
   * Makes one change for a pipeline. A return proves nothing; the next read does.
   *
   * @throws PortException REFUSED where nothing was done, and what to do about it
   */
  void perform(PipelineId pipeline, PipelineAction.OnBucket action) throws PortException;
}
