package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** All rules of pipelines; every change is asked of each of them. */
public final class PipelineRules {
  private final List<PipelineRule> all;
  private final List<ChangeRule> changes;
  private final List<ReplacementRule> replacements;

  private PipelineRules(List<PipelineRule> all) {
    this.all = List.copyOf(all);
    this.changes = only(all, ChangeRule.class);
    this.replacements = only(all, ReplacementRule.class);
  }

  private static <T> List<T> only(List<PipelineRule> all, Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
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
            new MachineIsToBlame(),
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
    return changes.stream().map(rule -> rule.against(question)).flatMap(Optional::stream).toList();
  }

  /** Everything that speaks against a replacement. */
  public List<Refusal> against(ReplacementQuestion question) {
    return replacements.stream()
        .map(rule -> rule.against(question))
        .flatMap(Optional::stream)
        .toList();
  }
}
