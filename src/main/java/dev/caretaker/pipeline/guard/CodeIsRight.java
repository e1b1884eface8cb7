package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Revision;
import java.util.Optional;

/** Nothing runs on code that was not asked for. */
public final class CodeIsRight implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof StartProgram) && !(question.action() instanceof RunTrial)) {
      return Optional.empty();
    }
    var situation = question.situation();
    var id = ((OnWorker) question.action()).worker().id();
    var wanted = situation.policy().code().map(Code::revision);
    var seen = situation.crew().find(id).flatMap(each -> each.view().ifKnown());
    boolean right = seen.isPresent() && (wanted.isEmpty() || wanted.equals(seen.get().revision()));
    return right
        ? Optional.empty()
        : refuse(
            id.value(),
            "the code on " + id + " was not seen to be " + wanted.map(Revision::value).orElse(""),
            "wait until it is updated");
  }
}
