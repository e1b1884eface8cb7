package dev.caretaker.pipeline;

import static dev.caretaker.testkit.APipeline.NOW;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static dev.caretaker.testkit.AWorker.aWorker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.policy.DiskCare;
import dev.caretaker.testkit.APipeline;
import dev.caretaker.testkit.AWish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule, in a situation in which nothing else keeps from what it forbids. */
class PipelineRulesTest {
  private record Case(String forbidden, Consumer<APipeline> given) {}

  private static final Map<String, Case> CASES = new TreeMap<>();

  private static void rule(String name, String forbidden, Consumer<APipeline> given) {
    CASES.put(name, new Case(forbidden, given));
  }

  static {
    rule(
        "NotPaused",
        "StopProgram i-1",
        each -> {
          each.wish.revision = "r2";
          each.wish.paused = true;
        });
    rule(
        "NobodyElseOwnsIt",
        "StartProgram i-1",
        each -> {
          each.worker("i-1").stops();
          each.otherOwners = List.of("EtlPipeline default/older");
        });
    rule(
        "CreationIsAsked",
        "CreateBucket sources",
        each -> {
          each.wish.create = false;
          each.bucket = BucketState.ABSENT;
          each.progress =
              Progresses.introduced(each.progress, each.progress.introduced().tailSet("q"));
          each.workers().forEach(worker -> worker.stops());
        });
    rule(
        "NamesAreFree",
        "PutTemplate coverage",
        each -> {
          each.coverage.delete("coverage20261128_000000");
          each.coverage.template("another").lookAlike("coverage-old");
        });
    rule(
        "TemplateIsInForce",
        "CreateIndex coverage20261128_000000",
        each -> {
          each.coverage.delete("coverage20261128_000000");
          each.coverage.template("another");
        });
    rule(
        "WritingMovesForward",
        "CreateIndex coverage20261127_000000",
        each -> each.later(Duration.ofDays(-1)));
    rule(
        "IndexIsTheTables",
        "DeleteIndex coverage-v1",
        each -> {
          each.wish.keep = Optional.of(Duration.ofDays(14));
          each.coverage.index("coverage-v1");
        });
    rule(
        "PeriodIsPast",
        "DeleteIndex coverage20261120_000000",
        each -> {
          each.wish.keep = Optional.of(Duration.ofDays(14));
          each.coverage.index("coverage20261120_000000");
        });
    rule(
        "SnapshotIsComplete",
        "DeleteIndex coverage20261001_000000",
        each -> {
          each.wish.keep = Optional.of(Duration.ofDays(14));
          each.wish.snapshot = Optional.of("s3");
          each.coverage.index("coverage20261001_000000").index("coverage20261002_000000");
        });
    rule(
        "BacklogIsLow",
        "SendObjects work",
        each -> {
          each.queueHolds(1000);
          each.source = Observed.known(List.of(new SourceObject("tc.1", NOW)));
          each.wish.backfill =
              Optional.of(
                  new Backfill(
                      AWish.BUCKET,
                      "tc.",
                      Instant.EPOCH,
                      NOW,
                      Backfill.Order.NEWEST_FIRST,
                      10,
                      100));
        });
    rule(
        "MachineIsAssigned",
        "StartProgram i-3",
        each -> each.with(aWorker("i-3").has("r1").unassigned()));
    rule(
        "FewAreDown",
        "StopProgram i-2",
        each -> {
          each.wish.revision = "r2";
          each.wish.atOnce = 1;
        });
    rule(
        "BusyAreSpared",
        "StopProgram i-1",
        each -> {
          each.wish.revision = "r2";
          each.wish.spareAbove = OptionalDouble.of(0.5);
          each.worker("i-1").busy(0.8);
        });
    rule(
        "UpdatesAreFew",
        "UpdateCode i-4",
        each -> {
          each.wish.atOnce = 1;
          each.with(aWorker("i-3").has("r0")).with(aWorker("i-4").has("r0"));
        });
    rule("CodeIsRight", "StartProgram i-3", each -> each.with(aWorker("i-3").has("r0")));
    rule(
        "MachineIsToBlame",
        "Replace i-2",
        each -> {
          each.wish.revision = "r2";
          each.wish.onFailure = OnFailure.REPLACE;
          each.wish.jobs = (worker, update) -> worker.ends(1, "no such revision");
          for (int i = 0; i < 6; i++) {
            each.later(Duration.ofMinutes(6)).passes();
          }
        });
    rule(
        "WorkersMayWork",
        "StartProgram i-1",
        each -> {
          each.worker("i-1").stops();
          each.cluster = Observed.unknown("timed out");
        });
    rule(
        "TablesAreEstablished",
        "StartProgram i-1",
        each -> {
          each.worker("i-1").stops();
          each.tablesRead = false;
        });
    rule(
        "DiskIsFull",
        "RemoveFiles i-1",
        each -> each.wish.disk = Optional.of(new DiskCare(0.9, List.of("/tmp/grcov*"))));
  }

  static Stream<String> names() {
    return PipelineRules.standard().names().stream();
  }

  private static Case caseOf(String name) {
    return Objects.requireNonNull(CASES.get(name), () -> "no case of " + name);
  }

  private static List<String> decided(PipelineRules rules, String name) {
    var pipeline = aPipeline(rules, "i-1", "i-2");
    pipeline.passes();
    caseOf(name).given().accept(pipeline);
    var decision = pipeline.looks();
    var decided = new ArrayList<>(Told.actions(decision));
    decision.summary().replace().forEach(each -> decided.add("Replace " + each));
    return decided;
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeAllThatKeepsFromWhatItForbids(String name) {
    var forbidden = caseOf(name).forbidden();

    assertThat(decided(PipelineRules.standard(), name)).doesNotContain(forbidden);
    assertThat(decided(PipelineRules.standard().without(name), name)).contains(forbidden);
  }

  @Test
  void shouldRefuseToTakeAwayWhatIsNotThere() {
    assertThatThrownBy(() -> PipelineRules.standard().without("NoSuchRule"))
        .hasMessageContaining("PeriodIsPast");
  }
}
