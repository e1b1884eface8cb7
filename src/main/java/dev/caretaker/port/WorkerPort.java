package dev.caretaker.port;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** The machines on which a pipeline's programs run. */
public interface WorkerPort {

  /** What each machine says; they are asked side by side, and one that is stuck delays none. */
  SortedMap<WorkerId, Observed<WorkerView>> read(Program program, Collection<WorkerHost> workers);

  /**
   * Makes changes on several machines side by side. A success proves nothing; the next read does.
   *
   * @return the failures, by machine; what is not in it went well
   */
  SortedMap<WorkerId, PortException> perform(List<PipelineAction.OnWorker> actions);
}
