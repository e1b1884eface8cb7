package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.is;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static dev.caretaker.testkit.AWorker.aWorker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.testkit.APipeline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Machines that cannot get their code, where the spec says to replace them. */
class ReplacementTest {
  private static APipeline updating(Predicate<String> fails, String... machines) {
    var pipeline = aPipeline(machines);
    pipeline.passes();
    pipeline.wish.revision = "r2";
    pipeline.wish.onFailure = OnFailure.REPLACE;
    pipeline.wish.jobs =
        (worker, update) -> {
          if (fails.test(worker.id.value())) {
            worker.ends(1, "disk full");
          } else {
            worker.has(update.code().revision().value()).ends(0, "done");
          }
        };
    return pipeline;
  }

  /** Longer than all attempts take. */
  private static PipelineDecision goesOn(APipeline pipeline) {
    for (int i = 0; i < 8; i++) {
      pipeline.later(Duration.ofMinutes(6)).passes(2);
    }
    return pipeline.passes();
  }

  private static List<String> replaced(PipelineDecision decision) {
    return decision.summary().replace().stream().map(WorkerId::value).toList();
  }

  @Test
  void shouldHandOverTheMachineThatAloneCannotBeUpdated() {
    var pipeline = updating("i-1"::equals, "i-1", "i-2", "i-3", "i-4");

    var told = goesOn(pipeline);

    assertThat(replaced(told)).containsExactly("i-1");
    assertThat(is(told, "Stalled")).isFalse();
    assertThat(told.summary().workers().failed()).isEqualTo(1);
  }

  @Test
  void shouldKeepAskingWhileNobodyWorksThereUntilTheMachineIsGone() {
    var pipeline = updating("i-1"::equals, "i-1", "i-2", "i-3");
    goesOn(pipeline);

    pipeline.worker("i-1").unassigned();
    assertThat(replaced(goesOn(pipeline))).containsExactly("i-1");
    pipeline.loses("i-1");

    var told = pipeline.passes();
    assertThat(replaced(told)).isEmpty();
    assertThat(told.summary().workers().failed()).isZero();
  }

  @Test
  void shouldAskNoMoreForAMachineThatSomebodyMended() {
    var pipeline = updating("i-1"::equals, "i-1", "i-2", "i-3");
    goesOn(pipeline);

    pipeline.worker("i-1").unassigned().has("r2");

    assertThat(replaced(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldAskNoMoreOnceOtherCodeIsWanted() {
    var pipeline = updating("i-1"::equals, "i-1", "i-2", "i-3");
    goesOn(pipeline);

    pipeline.wish.revision = "r3";

    assertThat(replaced(pipeline.passes())).isEmpty();
  }

  @Test
  void neverHasMachinesReplacedForCodeThatNoneOfThemCanGet() {
    var told = goesOn(updating(id -> true, "i-1", "i-2", "i-3", "i-4"));

    assertThat(replaced(told)).isEmpty();
    assertThat(sentence(told, "Stalled"))
        .contains("i-1, i-2", "it is the code", "spec.code.revision");
    assertThat(told.verdict().refusals()).anyMatch(each -> each.guard().equals("MachineIsToBlame"));
  }

  @Test
  void shouldTryOneMachineMoreAndNoSecondWhereThereIsOneOnly() {
    var pipeline = updating(id -> true, "i-1");
    assertThat(replaced(goesOn(pipeline))).containsExactly("i-1");

    pipeline.loses("i-1");
    pipeline.with(aWorker("i-2"));
    var told = goesOn(pipeline);

    assertThat(replaced(told)).isEmpty();
    assertThat(sentence(told, "Stalled")).contains("2 of 2 machines", "it is the code");
  }

  @Test
  void shouldTryAgainADayLater() {
    var pipeline = updating(id -> true, "i-1");
    goesOn(pipeline);
    pipeline.loses("i-1");
    pipeline.with(aWorker("i-2"));
    goesOn(pipeline);

    pipeline.later(Duration.ofDays(1)).passes();

    assertThat(replaced(pipeline.passes())).containsExactly("i-2");
  }

  @Test
  void shouldHandOverTwoWhereFourOthersGotTheCode() {
    var bad = Set.of("i-1", "i-2");

    var few = goesOn(updating(bad::contains, "i-1", "i-2", "i-3", "i-4", "i-5"));
    var more = updating(bad::contains, "i-3", "i-4", "i-5", "i-6");
    goesOn(more);
    more.with(aWorker("i-1")).with(aWorker("i-2"));

    assertThat(replaced(few)).isEmpty();
    assertThat(replaced(goesOn(more))).containsExactly("i-1", "i-2");
  }

  @Test
  void neverAsksWhilePausedOrDeletedOrWhereItIsOnlyToReport() {
    var paused = updating("i-1"::equals, "i-1", "i-2", "i-3");
    goesOn(paused);
    paused.wish.paused = true;
    assertThat(replaced(paused.passes())).isEmpty();

    var leaving = updating("i-1"::equals, "i-1", "i-2", "i-3");
    goesOn(leaving);
    leaving.wish.deleting = true;
    assertThat(replaced(leaving.passes())).isEmpty();

    var reporting = updating("i-1"::equals, "i-1", "i-2", "i-3");
    reporting.wish.onFailure = OnFailure.REPORT;
    var told = goesOn(reporting);
    assertThat(replaced(told)).isEmpty();
    assertThat(is(told, "Stalled")).isTrue();
  }

  @Test
  void neverTakesAnotherPipelinesJobForItsOwn() {
    var pipeline = updating(id -> false, "i-1", "i-2");
    goesOn(pipeline);
    pipeline.worker("i-1").unassigned().stops().has("r0").begins("update-x-1");
    pipeline.passes();

    pipeline.later(Duration.ofHours(2)).passes();

    assertThat(replaced(pipeline.passes())).isEmpty();
  }
}
