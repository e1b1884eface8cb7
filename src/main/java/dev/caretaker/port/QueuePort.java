package dev.caretaker.port;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import java.time.Instant;
import java.util.Optional;

/** The queues of a pipeline, in one region. */
public interface QueuePort {

  /** What SQS says of the queue; Known and empty where there is none. */
  Observed<Optional<QueueView>> read(QueueName queue);

  /** Messages sent and deleted since then, as far as CloudWatch tells already. */
  Observed<QueueTraffic> traffic(QueueName queue, Instant since);

  /**
   * Makes one change for a pipeline. A return proves nothing; the next read does.
   *
   * @throws PortException REFUSED where nothing was done, and what to do about it
   */
  void perform(PipelineId pipeline, PipelineAction.OnQueue action) throws PortException;
}
