package dev.caretaker.plan;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.policy.QueuePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares what a pipeline asks for with what is there, and asks the decider what it says. */
public final class PipelineForecast {
  private static final Set<String> BAD_WHEN_TRUE = Set.of("Stalled");
  private static final Set<String> NO_NEWS = Set.of("Ready", "Reconciling", "Paused", "Flowing");

  private final PipelineDecider decider;

  public PipelineForecast(PipelineDecider decider) {
    this.decider = decider;
  }

  /** What is found while looking. */
  private record Found(
      List<Refusal> refusals, List<String> creates, List<String> changes, List<String> basis) {}

  /**
   * Plans.
   *
   * @param progress as the resource's status has it; NONE for a new one
   */
  public PipelinePlan plan(
      String name, PipelinePolicy policy, PipelineView view, PipelineProgress progress) {
    var decision = decider.decide(policy, view, progress, List.of(), view.readAt());
    var found =
        new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    found.refusals().addAll(decision.verdict().refusals());
    queue(policy.queue(), view, found);
    buckets(policy, view, found);
    policy.tables().forEach(table -> table(table, view, found));
    policy.code().ifPresent(code -> code(code, view, found));
    policy
        .backfill()
        .ifPresent(
            each ->
                found
                    .changes()
                    .add("backfill " + each.range() + ", " + each.limit() + " at a time"));
    if (view.fleet() instanceof Observed.Unknown<?> unknown) {
      found.basis().add("machines: " + unknown.cause());
    }
    return new PipelinePlan(
        name,
        decision.verdict(),
        found.refusals(),
        found.creates(),
        found.changes(),
        decision.summary().demand(),
        decision.conditions().stream().filter(PipelineForecast::concerns).toList(),
        found.basis());
  }

  private static boolean concerns(Condition condition) {
    boolean bad = BAD_WHEN_TRUE.contains(condition.type());
    var worrying = bad ? Condition.Truth.TRUE : Condition.Truth.FALSE;
    return condition.truth() == worrying && !NO_NEWS.contains(condition.type());
  }

  private static void queue(QueuePolicy queue, PipelineView view, Found found) {
    if (view.queue() instanceof Observed.Unknown<?> unknown) {
      found.basis().add("queue " + queue.name() + ": " + unknown.cause());
    } else if (view.queue().ifKnown().orElseThrow().isEmpty()) {
      var attributes = queue.attributes();
      made(
          "queue " + queue.name(),
          "kept %s, hidden %s"
              .formatted(
                  PlanWords.time(attributes.retention()), PlanWords.time(attributes.visibility())),
          queue.create(),
          "spec.queue.create: true",
          found);
    }
    queue
        .attributes()
        .deadLetter()
        .filter(each -> view.deadLetter().ifKnown().filter(there -> there.isEmpty()).isPresent())
        .ifPresent(
            each ->
                made(
                    "dead-letter queue " + each.queue(),
                    "after %d receives".formatted(each.after()),
                    queue.create(),
                    "spec.queue.create: true",
                    found));
  }

  private static void made(String what, String how, boolean create, String otherwise, Found found) {
    if (create) {
      found.creates().add("make the " + what + ": " + how);
    } else {
      found
          .refusals()
          .add(
              new Refusal(
                  "CreationIsAsked",
                  "there is no " + what,
                  List.of(what),
                  "make it, or say " + otherwise));
    }
  }

  private static void buckets(PipelinePolicy policy, PipelineView view, Found found) {
    view.buckets()
        .forEach(
            (bucket, state) -> {
              if (state instanceof Observed.Unknown<BucketState> unknown) {
                found.basis().add("bucket " + bucket + ": " + unknown.cause());
              } else if (state.ifKnown().orElseThrow() == BucketState.ABSENT) {
                var create = policy.buckets().getOrDefault(bucket, false);
                made("bucket " + bucket, "with no public access", create, "create: true", found);
              }
            });
  }

  private static void table(Table table, PipelineView view, Found found) {
    var alias = table.alias();
    var seen = view.tables().get(alias);
    if (seen instanceof Observed.Unknown<TableView> unknown) {
      found.basis().add("table " + alias + ": " + unknown.cause());
      return;
    }
    var there = seen == null ? null : seen.ifKnown().orElse(null);
    if (there == null) {
      return;
    }
    if (there.written().isEmpty()) {
      found
          .creates()
          .add(
              "establish the table %s: %d shards, a new index each %s"
                  .formatted(alias, table.shards(), PlanWords.time(table.rollover())));
    }
    var wanted = view.templates().get(alias);
    if (wanted != null && !there.template().filter(wanted::equals).isPresent()) {
      found.changes().add("new indices of " + alias + " get the mapping and settings of the spec");
    }
  }

  private static void code(Code code, PipelineView view, Found found) {
    long other =
        view.workers().values().stream()
            .flatMap(each -> each.ifKnown().stream())
            .filter(each -> each.revision().filter(code.revision()::equals).isEmpty())
            .count();
    if (other > 0) {
      found
          .changes()
          .add(
              "update %d of %d machines to %s, %d at a time"
                  .formatted(other, view.workers().size(), code.revision(), code.atOnce()));
    }
    long unread = view.workers().values().stream().filter(PipelineForecast::unread).count();
    if (unread > 0) {
      found.basis().add(unread + " machines gave no answer");
    }
  }

  private static boolean unread(Observed<WorkerView> worker) {
    return worker.ifKnown().isEmpty();
  }
}
