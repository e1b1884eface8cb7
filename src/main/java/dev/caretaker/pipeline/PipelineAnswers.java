package dev.caretaker.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.demand.Flow;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a decision comes to, for people and for the next look. */
final class PipelineAnswers {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(15);
  private static final Duration AT_REST = Duration.ofMinutes(1);
  private static final Duration JUST_STARTED = Duration.ofMinutes(3);

  private final Course course;
  private final Situation situation;
  private final Remembering remembering;
  private final Step step;
  private final Flow flow;
  private final CodeJudgement code;

  PipelineAnswers(Course course, Step step, Flow flow) {
    this.course = course;
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.step = step;
    this.flow = flow;
    this.code = new CodeJudgement(course);
  }

  PipelineDecision decision(boolean ended) {
    var stalled = stalled();
    var verdict = verdict(stalled);
    var conditions =
        new PipelineConditions(course, verdict, step.stage(), stalled, flow).all(code.condition());
    return new PipelineDecision(
        remembering.saved(), verdict, course.actions(), conditions, summary(), ended);
  }

  /** At its deadline a wait becomes somebody's business. */
  private Optional<Reason> stalled() {
    var trouble = course.trouble().or(code::trouble);
    boolean late = step.stage() != Stage.SETTLED && step.isLate(situation.now());
    return trouble.isPresent() || !late
        ? trouble
        : Optional.of(
            new Reason(
                "Late",
                String.format(
                    "%s lasts since %s, longer than %s: %s",
                    step.stage().word(),
                    step.since(),
                    step.stage().deadline(),
                    course.waiting().map(Reason::sentence).orElse("look at the conditions"))));
  }

  private Verdict verdict(Optional<Reason> stalled) {
    if (!course.actions().isEmpty()) {
      return Verdict.acting(course.reason().orElseThrow(), SOON);
    }
    if (situation.policy().paused() && !course.refusals().isEmpty()) {
      return Verdict.blocked(
          new Reason("Paused", "spec.paused is true: nothing is stopped, made or deleted"),
          course.refusals(),
          AT_REST);
    }
    if (stalled.isPresent()) {
      return Verdict.blocked(stalled.get(), course.refusals(), AT_REST);
    }
    if (step.stage() != Stage.SETTLED || course.waiting().isPresent()) {
      var reason = course.waiting().orElse(new Reason(step.stage().word(), "it is on its way"));
      return Verdict.waiting(reason, ON_ITS_WAY);
    }
    return CrewCare.hold(situation)
        .map(hold -> Verdict.settled(hold, AT_REST))
        .orElse(Verdict.settled(flow.demand().because(), hasJustStarted() ? ON_ITS_WAY : AT_REST));
  }

  /** A program that does not stand its code ends soon after its start. */
  private boolean hasJustStarted() {
    return situation.crew().assigned().stream()
        .flatMap(each -> each.view().ifKnown().flatMap(WorkerView::startedAt).stream())
        .anyMatch(at -> at.plus(JUST_STARTED).isAfter(situation.now()));
  }

  private PipelineSummary summary() {
    var wanting = new Wanting(situation);
    return new PipelineSummary(
        wanting.queue(),
        deadLetters(),
        flow.oldest(),
        flow.oldestEstimated(),
        flow.arrivalsPerHour(),
        flow.departuresPerHour(),
        flow.forecastPerHour(),
        OptionalDouble.of(flow.perUtilityHour()),
        flow.drainTime(),
        flow.expiresAt(),
        wanting.demand(flow, step.stage()),
        tables(),
        workers(),
        code.replace(),
        step.stage().word(),
        remembering
            .backfill
            .map(each -> OptionalLong.of(each.sent()))
            .orElse(OptionalLong.empty()));
  }

  private OptionalLong deadLetters() {
    return situation
        .view()
        .deadLetter()
        .ifKnown()
        .flatMap(each -> each)
        .map(QueueView::backlog)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private List<PipelineSummary.Table> tables() {
    return situation.policy().tables().stream()
        .flatMap(table -> situation.shelf(table).stream())
        .map(
            shelf ->
                new PipelineSummary.Table(
                    shelf.table().alias(),
                    shelf.view().indices().size(),
                    shelf.writtenName(),
                    newest(shelf.view())))
        .toList();
  }

  private static Optional<Instant> newest(TableView view) {
    return Optional.of(view.newest()).flatMap(Observed::ifKnown).flatMap(each -> each);
  }

  private PipelineSummary.Workers workers() {
    int outdated = count(Standing.OUTDATED) + count(Standing.BARE);
    int failed = count(Standing.FAILED) + code.givenUp().size();
    return new PipelineSummary.Workers(
        situation.crew().assigned().size(),
        count(Standing.WORKING),
        count(Standing.READY),
        count(Standing.OCCUPIED),
        outdated,
        failed,
        count(Standing.UNREAD));
  }

  private int count(Standing standing) {
    return situation.crew().assigned(standing).size();
  }
}
