package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.demand.Flow;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.policy.QueuePolicy;
import dev.caretaker.pipeline.table.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people and tools are told about a pipeline; rebuilt from nothing each time. */
final class PipelineConditions {
  private final Situation situation;
  private final Remembering remembering;
  private final Verdict verdict;
  private final Stage stage;
  private final Optional<Reason> stalled;
  private final Flow flow;
  private final List<Refusal> kept;

  /**
   * Conditions of one decision.
   *
   * @param stalled why only a person can help
   */
  PipelineConditions(
      Course course, Verdict verdict, Stage stage, Optional<Reason> stalled, Flow flow) {
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.verdict = verdict;
    this.stage = stage;
    this.stalled = stalled;
    this.flow = flow;
    this.kept = course.kept();
  }

  /**
   * All of them.
   *
   * @param code what is told of the code on the machines
   */
  List<Condition> all(Condition code) {
    var all = new ArrayList<Condition>();
    all.add(ready());
    all.add(flowing());
    all.add(backlogSafe());
    all.add(queueInSync());
    all.add(tablesEstablished());
    all.add(code);
    new Newness(situation).condition().ifPresent(all::add);
    var reason = verdict.reason();
    boolean moves = verdict.kind() == Verdict.Kind.ACTING || verdict.kind() == Verdict.Kind.WAITING;
    all.add(truth("Reconciling", moves && stalled.isEmpty(), reason));
    all.add(truth("Stalled", stalled.isPresent(), stalled.orElse(reason)));
    all.add(paused(situation.policy()));
    return all;
  }

  /** One machine that needs a person does not make the whole unready; no flow does. */
  private Condition ready() {
    if (stage == Stage.LOOKING && stalled.isEmpty()) {
      return Condition.unknown("Ready", verdict.reason().code(), verdict.reason().sentence());
    }
    boolean introduced = stage == Stage.SETTLED || stage == Stage.RELEASING;
    var flowing = flowing();
    boolean good =
        introduced
            && flowing.truth() == Condition.Truth.TRUE
            && situation.view().otherOwners().isEmpty();
    return truth("Ready", good, good ? flowing.reason() : stalled.orElse(whyNot(flowing)));
  }

  private Reason whyNot(Condition flowing) {
    return stage.holds() ? verdict.reason() : flowing.reason();
  }

  /** Whether messages are worked on, or none waits. */
  private Condition flowing() {
    var hold = CrewCare.hold(situation);
    if (hold.isPresent()) {
      return Condition.no("Flowing", hold.get().code(), hold.get().sentence());
    }
    int working = situation.crew().assigned(Standing.WORKING).size();
    if (working > 0) {
      return Condition.yes("Flowing", "Working", working + " machines work");
    }
    var backlog = situation.view().queue().ifKnown().flatMap(each -> each).map(QueueView::backlog);
    if (backlog.isEmpty() || !situation.crew().known()) {
      return Condition.unknown("Flowing", "NotRead", "the queue or the fleet could not be read");
    }
    return backlog.get() == 0
        ? Condition.yes("Flowing", "Empty", "no message waits")
        : Condition.no(
            "Flowing",
            "NobodyWorks",
            backlog.get()
                + " messages wait, and no machine works: look at Stalled and CodeCurrent");
  }

  private Condition backlogSafe() {
    var safety = flow.safety();
    var reason = safety.reason();
    var sentence =
        CrewCare.hold(situation)
            .filter(hold -> flow.expiresAt().isPresent())
            .map(
                hold ->
                    String.format(
                        "%s; %s, and the oldest message is deleted at %s",
                        reason.sentence(), hold.sentence(), flow.expiresAt().get()))
            .orElse(reason.sentence());
    return switch (safety.state()) {
      case BACKLOG_SAFE -> Condition.yes("BacklogSafe", reason.code(), sentence);
      case AT_RISK -> Condition.no("BacklogSafe", reason.code(), sentence);
      case UNKNOWN -> Condition.unknown("BacklogSafe", reason.code(), sentence);
    };
  }

  /** A queue that was there before is compared and left as it is. */
  private Condition queueInSync() {
    var queue = situation.policy().queue();
    var seen = situation.view().queue();
    if (seen.ifKnown().isEmpty()) {
      return Condition.unknown("QueueInSync", "NotRead", Sentences.cause(seen));
    }
    if (seen.ifKnown().get().isEmpty()) {
      return Condition.no("QueueInSync", "Absent", "there is no queue " + queue.name());
    }
    var drift = drift(queue, seen.ifKnown().get().get());
    return drift.isEmpty()
        ? Condition.yes("QueueInSync", "InSync", queue.name() + " is as the spec says")
        : Condition.no(
            "QueueInSync",
            "Drift",
            queue.name()
                + " is not as the spec says, and is left so: "
                + String.join("; ", drift)
                + "; change the queue, or the spec");
  }

  private static List<String> drift(QueuePolicy queue, QueueView seen) {
    var drift = new ArrayList<String>();
    var is = seen.attributes();
    var wanted = queue.attributes();
    compare(drift, "retention", is.retention(), wanted.retention());
    compare(drift, "visibility", is.visibility(), wanted.visibility());
    compare(drift, "dead-letter queue", is.deadLetter(), wanted.deadLetter());
    return drift;
  }

  private static void compare(List<String> drift, String what, Object is, Object wanted) {
    if (!is.equals(wanted)) {
      drift.add(what + " is " + is + " and shall be " + wanted);
    }
  }

  private Condition tablesEstablished() {
    for (var table : situation.policy().tables()) {
      var shelf = situation.shelf(table);
      if (shelf.isEmpty()) {
        var reason = Sentences.unread(table.alias(), situation.view().tables());
        return Condition.unknown("TablesEstablished", reason.code(), reason.sentence());
      }
      var odd = odd(shelf.get());
      if (odd.isPresent()) {
        return Condition.no("TablesEstablished", odd.get().code(), odd.get().sentence());
      }
    }
    int tables = situation.policy().tables().size();
    return Condition.yes(
        "TablesEstablished",
        "Established",
        tables == 0
            ? "no tables are declared"
            : tables + " tables have their template and are written to" + kept());
  }

  private String kept() {
    return kept.stream()
        .findFirst()
        .map(Sentences::refused)
        .map(
            first ->
                "; %d indices are older than keep and stay: %s"
                    .formatted(kept.size(), first.sentence()))
        .orElse("");
  }

  private Optional<Reason> odd(Shelf shelf) {
    var alias = shelf.table().alias();
    if (!shelf.strangers().isEmpty()) {
      return Optional.of(Sentences.lookAlikes(alias, shelf.strangers()));
    }
    var failure = remembering.failure("PutTemplate " + alias);
    if (failure.isPresent()) {
      return Optional.of(
          new Reason(
              "MappingRefused",
              "the engine does not take the template of "
                  + alias
                  + ": "
                  + failure.get().sentence()
                  + "; correct its mapping"));
    }
    if (!shelf.isEstablished()) {
      return Optional.of(new Reason("NotWritten", "nothing can be written to " + alias + " yet"));
    }
    return shelf.hasTemplate()
        ? Optional.empty()
        : Optional.of(
            new Reason("TemplateDiffers", "new indices of " + alias + " get another mapping yet"));
  }

  static Condition paused(PipelinePolicy policy) {
    return policy.paused()
        ? Condition.yes("Paused", "SpecPaused", "spec.paused is true")
        : Condition.no("Paused", "NotPaused", "nothing is paused");
  }

  static Condition truth(String type, boolean is, Reason reason) {
    return is
        ? Condition.yes(type, reason.code(), reason.sentence())
        : Condition.no(type, reason.code(), reason.sentence());
  }
}
