package dev.caretaker.operator;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.WorkerPort;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Machines to which there is no way; says why. */
record NoWorkers(String cause) implements WorkerPort {

  @Override
  public SortedMap<WorkerId, Observed<WorkerView>> read(
      Program program, Collection<WorkerHost> workers) {
    var views = new TreeMap<WorkerId, Observed<WorkerView>>();
    workers.forEach(each -> views.put(each.id(), Observed.unknown(cause)));
    return views;
  }

  @Override
  public SortedMap<WorkerId, PortException> perform(List<PipelineAction.OnWorker> actions) {
    var failures = new TreeMap<WorkerId, PortException>();
    actions.forEach(
        each ->
            failures.put(each.worker().id(), new PortException(PortException.Kind.REFUSED, cause)));
    return failures;
  }
}
