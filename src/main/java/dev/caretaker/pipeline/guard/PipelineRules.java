package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** All rules of pipelines; every change is asked of each of them. */
public final class PipelineRules {
  private final List<PipelineRule> all;

  private PipelineRules(List<PipelineRule> all) {
    this.all = List.copyOf(all);
  }

  /** The rules in force. */
  public static PipelineRules standard() {
    return new PipelineRules(
        List.of(
            new NotPaused(),
            new NobodyElseOwnsIt(),
            new CreationIsAsked(),
            new NamesAreFree(),
            new TemplateIsInForce(),
            new WritingMovesForward(),
            new IndexIsTheTables(),
            new PeriodIsPast(),
            new SnapshotIsComplete(),
            new BacklogIsLow(),
            new MachineIsAssigned(),
            new FewAreDown(),
            new BusyAreSpared(),
            new UpdatesAreFew(),
            new CodeIsRight(),
            new WorkersMayWork(),
            new TablesAreEstablished(),
            new DiskIsFull()));
  }

  public List<String> names() {
    return all.stream().map(PipelineRule::name).toList();
  }

  /** All but one, to prove by simulation that it is needed. */
  public PipelineRules without(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException("no rule " + name + "; there are " + names());
    }
    return new PipelineRules(all.stream().filter(rule -> !rule.name().equals(name)).toList());
  }

  /** Everything that speaks against a change. */
  public List<Refusal> against(ChangeQuestion question) {
    return all.stream().map(rule -> rule.against(question)).flatMap(Optional::stream).toList();
  }
}
