package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.actions;
import static dev.caretaker.pipeline.Told.condition;
import static dev.caretaker.pipeline.Told.is;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.NOW;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static dev.caretaker.testkit.AWorker.aWorker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.policy.DiskCare;
import dev.caretaker.testkit.APipeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static APipeline working(String... machines) {
    var pipeline = aPipeline(machines);
    pipeline.passes();
    return pipeline;
  }

  private static APipeline updating(String... machines) {
    var pipeline = working(machines);
    pipeline.wish.revision = "r2";
    return pipeline;
  }

  @Test
  void shouldUpdateAtOnceSoManyAsAskedFor() {
    var pipeline = updating("i-1", "i-2", "i-3");

    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-1", "StopProgram i-2");
    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-1", "UpdateCode i-2");
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-1", "StartProgram i-2");
    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-3");
    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-3");
    assertThat(is(pipeline.passes(2), "CodeCurrent")).isTrue();
    assertThat(pipeline.workers())
        .allMatch(worker -> worker.started().equals(Optional.of(new Revision("r2"))));
  }

  @Test
  void shouldSpareABusyMachineUpToItsLimit() {
    var pipeline = updating("i-1", "i-2", "i-3");
    pipeline.wish.spareAbove = OptionalDouble.of(0.5);
    pipeline.worker("i-1").busy(0.9);
    pipeline.worker("i-2").ofUnknownLoad();

    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-3");
    pipeline.passes(3);
    assertThat(sentence(pipeline.passes(), "Reconciling")).contains("i-1", "is busy: 90 %");
    assertThat(actions(pipeline.later(Duration.ofHours(1)).passes()))
        .containsExactly("StopProgram i-1", "StopProgram i-2");
  }

  @Test
  void shouldGiveAMachineThatJoinsTheCodeBeforeItWorks() {
    var pipeline = working("i-1");
    pipeline.with(aWorker("i-2")).with(aWorker("i-3").has("r0").runs(NOW));

    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-2", "StopProgram i-3");
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-2", "UpdateCode i-3");
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-3");
  }

  @Test
  void shouldGiveMachinesThatJoinTheirCodeWithoutWaitingForOthers() {
    var pipeline = updating("i-1", "i-2");
    pipeline.wish.atOnce = 1;
    pipeline.wish.jobs = (worker, update) -> worker.begins(update.job());
    pipeline.with(aWorker("i-3")).with(aWorker("i-4"));

    assertThat(actions(pipeline.passes()))
        .containsExactly("StopProgram i-1", "UpdateCode i-3", "UpdateCode i-4");
    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-1");
    assertThat(actions(pipeline.passes())).isEmpty();
  }

  /** A checkout that git cannot read has no revision, and its program works all the same. */
  @Test
  void neverTakesAMachineForNewThatItStoppedItself() {
    var pipeline = working("i-9");
    pipeline.wish.atOnce = 1;
    pipeline.wish.jobs = (worker, update) -> worker.begins(update.job());
    pipeline.with(aWorker("i-1").runs(NOW)).with(aWorker("i-2").runs(NOW));

    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-1");
    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-1");
    assertThat(actions(pipeline.passes())).isEmpty();
    // Whatever else is wanted meanwhile, it did work before.
    pipeline.wish.revision = "r7";
    assertThat(actions(pipeline.passes())).isEmpty();
    assertThat(pipeline.worker("i-2").isRunning()).isTrue();
  }

  @Test
  void neverGivesMoreThanTenMachinesThatJoinTheirCodeTogether() {
    var pipeline = working("i-1");
    pipeline.wish.atOnce = 1;
    pipeline.wish.jobs = (worker, update) -> worker.begins(update.job());
    for (int i = 10; i < 30; i++) {
      pipeline.with(aWorker("i-" + i));
    }

    assertThat(actions(pipeline.passes())).hasSize(10);
    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldLookAgainSoonAfterAProgramStarted() {
    var pipeline = working("i-1", "i-2");
    pipeline.worker("i-1").stops();
    pipeline.passes();

    assertThat(pipeline.passes().verdict().lookAgainIn()).isEqualTo(Duration.ofSeconds(15));
    pipeline.later(Duration.ofMinutes(3));
    assertThat(pipeline.passes().verdict().lookAgainIn()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void shouldStopWithBadCodeAfterTheFirstMachinesAndSayWhichAndWhy() {
    var pipeline = updating("i-1", "i-2", "i-3", "i-4");
    pipeline.wish.jobs = (worker, update) -> worker.ends(128, "fatal: bad object r2");

    pipeline.passes(2);
    var told = pipeline.passes();

    assertThat(condition(told, "CodeCurrent").reason().code()).isEqualTo("UpdateFailed");
    assertThat(sentence(told, "CodeCurrent"))
        .contains("i-1, i-2", "r2", "exit code 128", "fatal: bad object r2", "spec.code.revision");
    for (int i = 0; i < 10; i++) {
      pipeline.later(Duration.ofMinutes(6)).passes();
    }
    assertThat(pipeline.worker("i-3").isRunning()).isTrue();
    assertThat(pipeline.worker("i-4").isRunning()).isTrue();
    assertThat(is(pipeline.passes(), "Stalled")).isTrue();
    assertThat(pipeline.worker("i-1").job().orElseThrow().id()).isEqualTo("update-r2-3");
  }

  @Test
  void shouldTakeUpACorrectedRevisionAtOnce() {
    var pipeline = updating("i-1");
    pipeline.wish.jobs = (worker, update) -> worker.ends(1, "no such revision");
    pipeline.passes(4);
    pipeline.wish.jobs = (worker, update) -> worker.has("r3").ends(0, "ok");
    pipeline.wish.revision = "r3";

    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-1");
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-1");
  }

  @Test
  void shouldGoOnWithTheAttemptsOfAMachineAfterALostMemory() {
    var pipeline = working("i-1", "i-2");
    pipeline.worker("i-2").stops().begins("update-r2-2").ends(1, "no");
    pipeline.wish.revision = "r2";
    pipeline.wish.atOnce = 1;
    pipeline.progress = PipelineProgress.NONE;

    pipeline.passes();
    assertThat(sentence(pipeline.passes(), "CodeCurrent")).contains("i-2", "exit code 1");
    pipeline.later(Duration.ofMinutes(6)).passes();
    assertThat(pipeline.worker("i-2").job().orElseThrow().id()).isEqualTo("update-r2-3");
  }

  @Test
  void neverStopsOrStartsAMachineThatGivesNoAnswer() {
    var pipeline = updating("i-1", "i-2");
    pipeline.wish.atOnce = 1;
    pipeline.worker("i-1").silent();

    // It counts as down, so that the other one stays up.
    assertThat(pipeline.passes().actions()).isEmpty();
    assertThat(sentence(pipeline.passes(), "Reconciling")).contains("i-1");
  }

  @Test
  void shouldStopItsProgramWhereItIsNotAssignedAnyMore() {
    var pipeline = working("i-1", "i-2");
    pipeline.worker("i-2").unassigned();

    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-2");
    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldStopEveryWorkerAndAskForNothingWhereTheStateIsStopped() {
    var pipeline = working("i-1", "i-2", "i-3").queueHolds(1000);
    pipeline.wish.running = false;

    assertThat(actions(pipeline.passes()))
        .containsExactly("StopProgram i-1", "StopProgram i-2", "StopProgram i-3");
    var rest = pipeline.passes();
    assertThat(rest.actions()).isEmpty();
    assertThat(rest.summary().demand().orElseThrow().utility()).isEqualTo(Utility.ZERO);
    assertThat(sentence(rest, "Flowing")).contains("Stopped");
  }

  @Test
  void shouldGoOnFromWhatWasAskedForOnceTheStateIsRunningAgain() {
    var pipeline = working("i-1", "i-2", "i-3").queueHolds(200_000);
    pipeline.wish.running = false;
    for (int i = 0; i < 20; i++) {
      pipeline.later(Duration.ofMinutes(6)).passes();
    }
    assertThat(asked(pipeline)).isZero();

    pipeline.wish.running = true;

    // A sixteenth of the 400 that may be asked for; then it doubles.
    assertThat(asked(pipeline)).isEqualTo(25);
    assertThat(asked(pipeline)).isEqualTo(25);
    assertThat(asked(pipeline.later(Duration.ofMinutes(6)))).isEqualTo(50);
  }

  private static double asked(APipeline pipeline) {
    return pipeline.passes().summary().demand().orElseThrow().utility().amount();
  }

  @Test
  void shouldHoldTheWorkersWhileAnIncidentHoldsThemAndReleaseThemAfterwards() {
    var pipeline = working("i-1");
    pipeline.cluster =
        Observed.known(new ClusterView(false, true, Optional.of("Incident red holds the workers")));

    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-1");
    assertThat(pipeline.passes().actions()).isEmpty();
    pipeline.cluster = Observed.known(new ClusterView(true, false, Optional.empty()));
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-1");
  }

  @Test
  void neverStopsAWorkerBecauseTheClusterIsSlowOrCannotBeAsked() {
    var pipeline = working("i-1");
    pipeline.cluster = Observed.known(new ClusterView(false, true, Optional.empty()));
    assertThat(pipeline.passes().actions()).isEmpty();

    pipeline.cluster = Observed.unknown("timed out");
    assertThat(pipeline.passes().actions()).isEmpty();
  }

  @Test
  void shouldStopNothingWhilePausedAndBringUpWhatWasStopped() {
    var pipeline = updating("i-1", "i-2", "i-3");
    pipeline.passes();
    pipeline.wish.paused = true;

    assertThat(actions(pipeline.passes())).containsExactly("UpdateCode i-1", "UpdateCode i-2");
    assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-1", "StartProgram i-2");
    var paused = pipeline.passes();
    assertThat(paused.actions()).isEmpty();
    assertThat(is(paused, "Paused")).isTrue();
    assertThat(paused.verdict().refusals()).anyMatch(each -> each.guard().equals("NotPaused"));
  }

  @Test
  void shouldStartAProgramThatFailedLaterAndLaterAndCallForHelp() {
    var pipeline = working("i-1", "i-2");
    for (int i = 0; i < 3; i++) {
      pipeline.worker("i-1").fails();
      assertThat(actions(pipeline.passes())).containsExactly("StartProgram i-1");
      pipeline.later(Duration.ofMinutes(1));
    }
    pipeline.worker("i-1").fails();

    assertThat(sentence(pipeline.passes(), "Stalled")).contains("i-1", "3 times", "its log");
  }

  @Test
  void shouldRestartOnceWhereNobodyKnowsWhichCodeRunsAndBelieveItThen() {
    var pipeline = working("i-1");
    int stops = 0;
    for (int i = 0; i < 200; i++) {
      pipeline.worker("i-1").startedWithUnknownCode();
      stops += actions(pipeline.passes()).contains("StopProgram i-1") ? 1 : 0;
    }

    assertThat(stops).isEqualTo(1);
    assertThat(is(pipeline.looks(), "CodeCurrent")).isTrue();
    pipeline.wish.revision = "r2";
    assertThat(actions(pipeline.passes())).containsExactly("StopProgram i-1");
  }

  @Test
  void shouldCallForHelpWhereAJobHangsAndHandItsMachineOver() {
    var pipeline = updating("i-1", "i-2", "i-3");
    pipeline.wish.jobs =
        (worker, update) -> {
          if (!worker.id.value().equals("i-1")) {
            worker.has("r2").ends(0, "done");
          }
        };
    pipeline.passes(2);
    pipeline.later(Duration.ofMinutes(31)).passes();

    assertThat(sentence(pipeline.passes(), "Stalled")).contains("i-1 could", "hangs");
    pipeline.wish.onFailure = OnFailure.REPLACE;
    assertThat(pipeline.passes().summary().replace()).containsExactly(new WorkerId("i-1"));
  }

  @Test
  void shouldRemoveFilesOnlyWhereTheDiskIsFullAndStopTryingWhereThatIsOfNoUse() {
    var pipeline = working("i-1", "i-2");
    pipeline.wish.disk = Optional.of(new DiskCare(0.9, List.of("/tmp/grcov*")));
    pipeline.worker("i-1").diskUsed(0.95);

    assertThat(actions(pipeline.passes())).containsExactly("RemoveFiles i-1");
    assertThat(actions(pipeline.passes(2))).isEmpty();
    for (int i = 0; i < 4; i++) {
      pipeline.later(Duration.ofMinutes(10)).passes();
    }
    assertThat(sentence(pipeline.looks(), "Stalled")).contains("disk of i-1 stays full");
  }

  @Test
  void shouldTryAgainLaterAndLaterWhatAHostRefuses() {
    var pipeline = working("i-1");
    pipeline.worker("i-1").stops();

    pipeline.passesInVain("sudo: a password is required");
    pipeline.passesInVain("sudo: a password is required");
    var told = pipeline.passesInVain("sudo: a password is required");

    assertThat(sentence(told, "Stalled")).contains("StartProgram i-1", "a password is required");
  }
}
