package dev.caretaker.mapping;

import dev.caretaker.api.EsPlanStatus;
import dev.caretaker.kernel.Observed;
import dev.caretaker.plan.Plan;
import dev.caretaker.plan.PlanStep;
import dev.caretaker.plan.PlanWords;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plan that was made beside a pass, as the status shows it.
 *
 * @param plan unknown where none could be made
 * @param generation of the spec that it was made for
 * @param madeAt when the view was read that it rests on
 */
public record Planned(Observed<Plan> plan, long generation, Instant madeAt) {
  /** A prediction that changed by less says the same. */
  private static final double SAME = 0.25;

  EsPlanStatus status() {
    var at = madeAt.truncatedTo(ChronoUnit.SECONDS).toString();
    if (plan instanceof Observed.Known<Plan> known) {
      return of(known.value(), at);
    }
    var cause = ((Observed.Unknown<Plan>) plan).cause();
    return new EsPlanStatus(
        null, generation, at, Bounded.text(cause, 1000), null, List.of(), List.of(), List.of());
  }

  private EsPlanStatus of(Plan made, String at) {
    var steps = Bounded.list(made.steps(), 200).stream().map(Planned::step).toList();
    return new EsPlanStatus(
        steps.isEmpty() ? null : made.hash(),
        generation,
        at,
        Bounded.text(PlanWords.headline(made), 1000),
        made.takes().toSeconds(),
        steps,
        texts(made.later().stream().map(PlanWords::refusal).toList(), 20),
        texts(made.accepted(), 30));
  }

  private static EsPlanStatus.Step step(PlanStep step) {
    return new EsPlanStatus.Step(
        PlanWords.doing(step),
        step.nodes(),
        Bounded.text(PlanWords.before(step), 1000),
        step.takes().toSeconds());
  }

  private static List<String> texts(List<String> texts, int most) {
    return Bounded.list(texts, most).stream().map(text -> Bounded.text(text, 1000)).toList();
  }

  /** Whether a person who has read one need not read the other. */
  static boolean saysTheSame(@Nullable EsPlanStatus before, EsPlanStatus now) {
    return before != null
        && Objects.equals(before.hash(), now.hash())
        && Objects.equals(before.generation(), now.generation())
        && (now.hash() != null || Objects.equals(before.sentence(), now.sentence()))
        && guards(before).equals(guards(now))
        && near(before.predictedSeconds(), now.predictedSeconds());
  }

  /** Numbers in their sentences come and go. */
  private static List<String> guards(EsPlanStatus plan) {
    return SpecReading.orEmpty(plan.thenRefusedBy()).stream()
        .map(text -> text.substring(0, Math.max(0, text.indexOf(':'))))
        .toList();
  }

  private static boolean near(@Nullable Long before, @Nullable Long now) {
    if (before == null || now == null) {
      return Objects.equals(before, now);
    }
    return Math.abs(before - now) <= SAME * Math.max(before, now);
  }
}
