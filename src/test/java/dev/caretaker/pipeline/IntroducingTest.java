package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.actions;
import static dev.caretaker.pipeline.Told.condition;
import static dev.caretaker.pipeline.Told.is;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.aNewPipeline;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static dev.caretaker.testkit.AWorker.aWorker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.testkit.APipeline;
import dev.caretaker.testkit.ATable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntroducingTest {
  private static final String TODAY = "coverage20261128_000000";

  /** A new pipeline whose trial has begun on i-1, and runs. */
  private static APipeline trying() {
    var pipeline = aNewPipeline().with(aWorker("i-1")).with(aWorker("i-2"));
    while (pipeline.worker("i-1").job().filter(each -> each.id().startsWith("trial")).isEmpty()) {
      pipeline.passes();
    }
    return pipeline;
  }

  private static APipeline tried() {
    var pipeline = trying();
    pipeline.worker("i-1").ends(0, "10 documents");
    pipeline.coverage.documents(TODAY, 10);
    return pipeline;
  }

  @Test
  void shouldEnsureEstablishPlaceTryAndReleaseInThisOrder() {
    var pipeline = aNewPipeline().with(aWorker("i-1")).with(aWorker("i-2"));

    assertThat(actions(pipeline.passes()))
        .containsExactly("CreateQueue dead", "CreateBucket sources");
    assertThat(actions(pipeline.passes())).containsExactly("CreateQueue work");
    assertThat(actions(pipeline.passes())).containsExactly("PutTemplate coverage");
    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex " + TODAY);
    assertThat(actions(pipeline.passes())).containsExactly("WriteTo " + TODAY);
    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-1");
    assertThat(actions(pipeline.passes())).containsExactly("RunTrial i-1");
    assertThat(pipeline.passes().summary().stage()).isEqualTo("Trial");

    pipeline.worker("i-1").ends(0, "10 documents");
    pipeline.coverage.documents(TODAY, 10);
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-1", "UpdateCode i-2");
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-2");
    var settled = pipeline.passes(2);
    assertThat(settled.actions()).isEmpty();
    assertThat(settled.summary().stage()).isEqualTo("Settled");
    assertThat(is(settled, "Ready")).isTrue();
  }

  @Test
  void shouldHoldTheWorkersUntilANewTableIsThere() {
    var pipeline = aPipeline("i-1", "i-2");
    pipeline.passes();
    pipeline.coverage.delete(TODAY);
    var without = pipeline.progress.introduced().headSet("table");
    pipeline.progress = Progresses.introduced(pipeline.progress, without);

    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-1", "StopProgram i-2");
    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex " + TODAY);
  }

  @Test
  void neverGoesOnWhileAMachineGivesNoAnswerAndCallsForHelpThen() {
    var pipeline = trying();
    pipeline.progress = Progresses.withoutTrial(pipeline.progress);
    pipeline.with(aWorker("i-3").silent());

    assertThat(pipeline.passes().actions()).isEmpty();
    var late = pipeline.later(Duration.ofHours(1)).passes();

    assertThat(is(late, "Stalled")).isTrue();
    assertThat(sentence(late, "Stalled")).contains("i-3", "terminate");
  }

  @Test
  void shouldTakeForIntroducedWhatIsInPlaceAndWorks() {
    var decision = aPipeline("i-1").passes();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.progress().introduced())
        .containsExactly("bucket sources", "queue dead", "queue work", "table coverage");
  }

  @Test
  void neverStopsAWorkerOfALostMemoryBecauseOfAFailedRead() {
    var pipeline = aPipeline("i-1");
    pipeline.tablesRead = false;

    var decision = pipeline.passes();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.summary().stage()).isEqualTo("Looking");
  }

  @Test
  void neverTakesAnAnswerThatIsMissingForAWorkerThatDoesNotWork() {
    var pipeline = aPipeline("i-1");
    pipeline.worker("i-1").silent();

    assertThat(pipeline.passes().summary().stage()).isEqualTo("Looking");
    pipeline.worker("i-1").answers();
    assertThat(pipeline.passes().summary().stage()).isEqualTo("Settled");
  }

  @Test
  void neverTakesTheEndOfTheTimeForASuccess() {
    var pipeline = trying();

    var late = pipeline.later(Duration.ofMinutes(21)).passes();

    assertThat(late.actions()).isEmpty();
    assertThat(sentence(late, "Stalled")).contains("did not end within PT20M", "restartedAt");
    assertThat(actions(pipeline.later(Duration.ofDays(1)).passes()))
        .noneMatch(action -> action.startsWith("StartProgram") || action.startsWith("RunTrial"));
  }

  @Test
  void shouldKeepTheWorkersHeldAfterAFailedTrialAndShowItsOutput() {
    var pipeline = trying();
    pipeline.worker("i-1").ends(1, "Traceback: no module named mo_dots");

    var failed = pipeline.passes();

    assertThat(failed.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(sentence(failed, "Stalled")).contains("exit code 1", "no module named mo_dots");
    assertThat(pipeline.passes(5).actions()).isEmpty();
  }

  @Test
  void shouldTryAgainWhenAPersonAsksOrTheCodeChanged() {
    var asked = trying();
    asked.worker("i-1").ends(1, "no");
    asked.passes();
    asked.wish.restartedAt = Optional.of(Instant.parse("2026-11-28T13:00:00Z"));
    assertThat(actions(asked.passes())).containsExactly("RunTrial i-1");

    var changed = trying();
    changed.worker("i-1").ends(1, "no");
    changed.passes();
    changed.wish.revision = "r2";
    assertThat(actions(changed.passes())).containsExactly("UpdateCode i-1");
    assertThat(actions(changed.passes())).containsExactly("RunTrial i-1");
  }

  @Test
  void neverTakesATrialThatLeftNoDocumentForASuccess() {
    var pipeline = trying();
    pipeline.worker("i-1").ends(0, "done");

    assertThat(pipeline.passes().summary().stage()).isEqualTo("Trial");
    var late = pipeline.later(Duration.ofMinutes(16)).passes();

    assertThat(sentence(late, "Stalled")).contains("no document was seen in [coverage]");
  }

  @Test
  void shouldFindTheTrialAgainAfterALostMemory() {
    var pipeline = tried();
    pipeline.progress = PipelineProgress.NONE;

    pipeline.passes(3);

    assertThat(pipeline.workers()).allMatch(worker -> worker.isRunning());
  }

  @Test
  void shouldTryOnAnotherMachineWhenTheFirstIsGone() {
    var pipeline = trying();
    pipeline.loses("i-1");

    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-2");
    assertThat(actions(pipeline.passes())).containsExactly("RunTrial i-2");
  }

  @Test
  void shouldAskForOneMachineForTheTrialAndForNoMore() {
    var pipeline = aPipeline().queueHolds(100_000);
    pipeline.wish.running = true;

    var decision = pipeline.passes();

    assertThat(decision.summary().stage()).isEqualTo("Placing");
    assertThat(decision.summary().demand().orElseThrow().utility()).isEqualTo(new Utility(1));
    assertThat(sentence(decision, "Reconciling")).contains("no machine yet");
  }

  @Test
  void neverAsksForMoreThanIsThereWhileIntroducing() {
    var pipeline = trying();
    pipeline.queueHolds(100_000);

    assertThat(pipeline.passes().summary().demand().orElseThrow().utility())
        .isLessThanOrEqualTo(Utility.of("8"));
  }

  @Test
  void shouldRefuseNamesThatLookLikeATable() {
    var pipeline = aNewPipeline().with(aWorker("i-1"));
    pipeline.coverage.lookAlike("coverage20261101_000000").lookAlike("coverage-old");
    pipeline.passes(2);

    var refused = pipeline.passes();

    assertThat(refused.actions()).isEmpty();
    assertThat(sentence(refused, "TablesEstablished"))
        .contains("coverage-old", "coverage20261101_000000", "reindex");
    assertThat(refused.verdict().refusals()).anyMatch(each -> each.guard().equals("NamesAreFree"));
  }

  @Test
  void shouldSayInTheEnginesWordsWhatIsWrongWithAMapping() {
    var pipeline = aNewPipeline().with(aWorker("i-1"));
    pipeline.passes(2);

    pipeline.passesInVain("No handler for type [txt] declared on field [name]");
    var told = pipeline.passesInVain("No handler for type [txt] declared on field [name]");

    assertThat(condition(told, "TablesEstablished").reason().code()).isEqualTo("MappingRefused");
    assertThat(sentence(told, "TablesEstablished")).contains("No handler for type [txt]");
  }

  @Test
  void shouldSayWhatToDoAboutAQueueThatIsNotThere() {
    var pipeline = aNewPipeline();
    pipeline.wish.create = false;

    var told = pipeline.passes();

    assertThat(told.actions()).isEmpty();
    assertThat(sentence(told, "Stalled")).contains("no queue dead", "create: true");
  }

  @Test
  void shouldRefuseTheBucketOfAnotherAccount() {
    var pipeline = aPipeline();
    pipeline.bucket = BucketState.FOREIGN;

    var told = pipeline.passes();

    assertThat(told.actions()).isEmpty();
    assertThat(sentence(told, "Stalled")).contains("sources is another account's");
  }

  @Test
  void shouldSayWhyAQueueOfAnotherAccountCannotBeUsed() {
    var pipeline = aPipeline();
    pipeline.queue = Observed.unknown("AccessDenied: not authorized to perform sqs:GetQueueUrl");

    pipeline.passes();
    var told = pipeline.later(Duration.ofMinutes(11)).passes();

    assertThat(sentence(told, "Stalled")).contains("AccessDenied");
    assertThat(told.actions()).isEmpty();
  }

  @Test
  void shouldHoldAPipelineWhoseMarginIsAsLongAsTheRetention() {
    var pipeline = aPipeline().with(aWorker("i-1"));
    pipeline.wish.margin = Duration.ofDays(14);

    var told = pipeline.passes();

    assertThat(told.actions()).isEmpty();
    assertThat(sentence(told, "Stalled")).contains("raise the retention");
  }

  @Test
  void shouldAdoptATableThatIsThereAndGiveItItsTemplate() {
    var pipeline = aPipeline("i-1");
    pipeline.coverage.template("of somebody else");

    assertThat(actions(pipeline.passes(2))).isEmpty();
    assertThat(pipeline.coverage.view().template()).contains(ATable.TEMPLATE);
  }
}
