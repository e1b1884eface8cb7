package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.guard.ChangeQuestion;
import dev.caretaker.pipeline.guard.ChangeQuestion.Cause;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.pipeline.guard.ReplacementQuestion;
import dev.caretaker.pipeline.guard.Situation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a decision has come to so far: changes that the rules allow, and what stands against more.
 */
final class Course {
  private final PipelineRules rules;
  final Situation situation;
  final Remembering remembering;
  private final List<PipelineAction> actions = new ArrayList<>();
  private final Set<Refusal> refusals = new LinkedHashSet<>();
  private final Set<Reason> reasons = new LinkedHashSet<>();
  private final Set<Reason> troubles = new LinkedHashSet<>();
  private final Set<Reason> waits = new LinkedHashSet<>();
  private final Set<String> wanted = new TreeSet<>();
  private final Set<Refusal> kept = new LinkedHashSet<>();

  Course(PipelineRules rules, Situation situation, Remembering remembering) {
    this.rules = rules;
    this.situation = situation;
    this.remembering = remembering;
  }

  /**
   * Asks for a change, where no rule speaks against it and no earlier failure has to be waited out.
   *
   * @return whether it is part of the decision
   */
  boolean ask(PipelineAction action, Cause because, Reason why) {
    var against = against(action, because);
    refusals.addAll(against);
    against.stream().findFirst().map(Sentences::refused).ifPresent(waits::add);
    return against.isEmpty() && take(action, why);
  }

  boolean ask(PipelineAction action, Reason why) {
    return ask(action, Cause.CARE, why);
  }

  /** The same where a refusal is the common case, and no news. */
  boolean offer(PipelineAction action, Reason why) {
    return offer(action, why, Optional.empty());
  }

  /** The same where only one rule is news: what it keeps is told, and waited for by nobody. */
  boolean offer(PipelineAction action, Reason why, String news) {
    return offer(action, why, Optional.of(news));
  }

  private boolean offer(PipelineAction action, Reason why, Optional<String> news) {
    var against = against(action, Cause.CARE);
    if (situation.policy().paused()) {
      against.stream().filter(each -> each.guard().equals("NotPaused")).forEach(refusals::add);
    }
    if (against.size() == 1 && news.filter(against.get(0).guard()::equals).isPresent()) {
      kept.add(against.get(0));
    }
    return against.isEmpty() && take(action, why);
  }

  private List<Refusal> against(PipelineAction action, Cause because) {
    wanted.add(Subjects.of(action));
    var before = actions.stream().filter(each -> !each.equals(action)).toList();
    return rules.against(new ChangeQuestion(situation, action, because, before));
  }

  /** What speaks against asking the fleet for another machine; that is a wish, and no action. */
  List<Refusal> against(ReplacementQuestion question) {
    var against = rules.against(question);
    refusals.addAll(against);
    return against;
  }

  private boolean take(PipelineAction action, Reason why) {
    var key = Subjects.of(action);
    remembering.failure(key).ifPresent(failure -> tell(key, failure));
    if (!remembering.mayTry(key)) {
      return false;
    }
    if (!actions.contains(action)) {
      actions.add(action);
      reasons.add(why);
    }
    return true;
  }

  /** A first failure may be chance. */
  private void tell(String key, Failure failure) {
    var reason = Sentences.failed(key, failure);
    if (failure.times() > 1) {
      troubles.add(reason);
    } else {
      waits.add(reason);
    }
  }

  /** How a change that is still wanted failed before. */
  Optional<Failure> failure(PipelineAction action) {
    var key = Subjects.of(action);
    wanted.add(key);
    return remembering.failure(key);
  }

  /** Only a person can help. */
  void trouble(Reason reason) {
    troubles.add(reason);
  }

  /** Time may help. */
  void await(Reason reason) {
    waits.add(reason);
  }

  List<PipelineAction> actions() {
    return List.copyOf(actions);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** What stays for a rule that nobody thinks of, the first first. */
  List<Refusal> kept() {
    return List.copyOf(kept);
  }

  /** Failures of changes that nobody wants any more need not be remembered. */
  Set<String> wanted() {
    return wanted;
  }

  Optional<Reason> reason() {
    return reasons.stream().findFirst();
  }

  Optional<Reason> trouble() {
    return troubles.stream().findFirst();
  }

  Optional<Reason> waiting() {
    return waits.stream().findFirst();
  }
}
