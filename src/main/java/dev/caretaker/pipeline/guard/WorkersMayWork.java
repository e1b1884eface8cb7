package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import java.util.Optional;

/** Nobody has stopped the pipeline, and its cluster lets workers work. */
public final class WorkersMayWork implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!needsWorkers(question.action())) {
      return Optional.empty();
    }
    var situation = question.situation();
    if (!situation.policy().running()) {
      return refuse("spec.state", "spec.state is Stopped", "set spec.state to Running");
    }
    if (situation.policy().tables().isEmpty()) {
      return Optional.empty();
    }
    var cluster = situation.view().cluster().ifKnown();
    if (cluster.isEmpty()) {
      return refuse(
          "cluster", "the cluster of the tables could not be asked", "wait until it can be read");
    }
    return cluster
        .get()
        .holding()
        .flatMap(why -> refuse("cluster", why, "what the EsCluster and its Incident say"));
  }

  private static boolean needsWorkers(PipelineAction action) {
    return action instanceof StartProgram
        || action instanceof RunTrial
        || action instanceof SendObjects;
  }
}
