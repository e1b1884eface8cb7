package dev.caretaker.pipeline;

import static dev.caretaker.testkit.APipeline.NOW;
import static dev.caretaker.testkit.APipeline.aNewPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.table.IndexName;
import dev.caretaker.testkit.APipeline;
import dev.caretaker.testkit.ATable;
import dev.caretaker.testkit.AWorker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of every decision about any pipeline, whatever was remembered or forgotten. */
class DecisionPropertiesTest {
  private static final int PASSES = 30;

  /** Some machines in any state, some tables of any age, some wishes. */
  private static APipeline any(Random random) {
    var pipeline = aNewPipeline();
    pipeline.queueHolds(random.nextInt(3) == 0 ? 0 : random.nextInt(5000));
    pipeline.dead = pipeline.queue;
    pipeline.bucket = BucketState.USABLE;
    pipeline.wish.atOnce = 1 + random.nextInt(3);
    pipeline.wish.revision = random.nextBoolean() ? "r1" : "r2";
    pipeline.wish.withTrial = random.nextInt(3) == 0;
    pipeline.wish.running = random.nextInt(6) != 0;
    pipeline.wish.paused = random.nextInt(6) == 0;
    pipeline.wish.keep = Optional.of(Duration.ofDays(1 + random.nextInt(14)));
    pipeline.wish.rollover = Duration.ofHours(List.of(1, 24, 168).get(random.nextInt(3)));
    for (int machine = 0; machine < 1 + random.nextInt(7); machine++) {
      pipeline.with(any(random, AWorker.aWorker("i-" + machine)));
    }
    any(random, pipeline.coverage);
    return pipeline;
  }

  private static AWorker any(Random random, AWorker worker) {
    if (random.nextInt(6) != 0) {
      worker.has(random.nextBoolean() ? "r1" : "r2");
    }
    switch (random.nextInt(6)) {
      case 0 -> worker.fails();
      case 1 -> worker.stops();
      case 2 -> worker.begins("update-r2-1");
      default -> worker.runs(NOW.minus(Duration.ofMinutes(random.nextInt(100))));
    }
    if (random.nextInt(8) == 0) {
      worker.silent();
    }
    return random.nextInt(8) == 0 ? worker.unassigned() : worker;
  }

  private static void any(Random random, ATable table) {
    if (random.nextInt(5) == 0) {
      return;
    }
    table.template(random.nextInt(5) == 0 ? "another" : ATable.TEMPLATE);
    for (int i = 0; i < random.nextInt(6); i++) {
      table.index("coverage202611%02d_000000".formatted(1 + random.nextInt(28)));
    }
    if (random.nextInt(4) != 0) {
      table.writes("coverage202611%02d_000000".formatted(20 + random.nextInt(9)));
    }
    if (random.nextInt(5) == 0) {
      table.lookAlike("coverage-old");
    }
  }

  /** Something of the world changes by itself. */
  private static void happens(Random random, APipeline pipeline) {
    var workers = pipeline.workers();
    var one = workers.get(random.nextInt(workers.size()));
    switch (random.nextInt(12)) {
      case 0 -> one.fails();
      case 1 -> one.silent();
      case 2 -> one.answers();
      case 3 -> pipeline.wish.revision = "r" + (1 + random.nextInt(3));
      case 4 -> pipeline.later(Duration.ofHours(random.nextInt(30)));
      case 5 -> pipeline.progress = PipelineProgress.NONE;
      case 6 -> pipeline.tablesRead = !pipeline.tablesRead;
      case 7 -> pipeline.fleetRead = !pipeline.fleetRead;
      case 8 ->
          pipeline.cluster =
              random.nextBoolean()
                  ? Observed.unknown("timed out")
                  : Observed.known(new ClusterView(true, false, Optional.empty()));
      case 9 -> one.ends(random.nextInt(2), "output");
      case 10 -> pipeline.wish.running = random.nextInt(4) != 0;
      default -> pipeline.queueHolds(random.nextInt(1000));
    }
  }

  private interface Claim {
    void holds(APipeline before, PipelineDecision decision);
  }

  private static void always(long seed, Claim claim) {
    var random = new Random(seed);
    var pipeline = any(random);
    for (int pass = 0; pass < PASSES; pass++) {
      claim.holds(pipeline, pipeline.looks());
      pipeline.passes();
      happens(random, pipeline);
    }
  }

  private static Optional<WorkerView> seen(APipeline pipeline, String id) {
    return pipeline.worker(id).view().ifKnown();
  }

  @Property(tries = 100)
  void neverStartsAProgramOnAWrongRevision(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) ->
            assertThat(Told.all(decision, StartProgram.class))
                .allMatch(
                    start ->
                        seen(pipeline, start.worker().id().value())
                            .flatMap(WorkerView::revision)
                            .equals(Optional.of(new Revision(pipeline.wish.revision)))));
  }

  @Property(tries = 100)
  void neverDeletesAnIndexInsideWhatIsKept(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) -> {
          var oldest = pipeline.now.minus(pipeline.wish.keep.orElseThrow());
          assertThat(Told.all(decision, DeleteIndex.class))
              .allMatch(delete -> !pipeline.coverage.written().equals(Optional.of(delete.index())))
              .allMatch(
                  delete ->
                      IndexName.read(APipeline.COVERAGE, delete.index())
                          .map(name -> name.begin().plus(pipeline.wish.rollover))
                          .filter(end -> end.isBefore(oldest))
                          .isPresent());
        });
  }

  /**
   * Those that fail by themselves may be more; but then an update takes none down besides. One
   * without code never worked: its first job takes nothing down.
   */
  @Property(tries = 100)
  void neverTakesMoreMachinesDownThanMayBeDownAtOnce(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) -> {
          if (!decision.summary().stage().equals("Settled") || !pipeline.wish.running) {
            return;
          }
          var stops =
              Told.all(decision, StopProgram.class).stream()
                  .filter(stop -> stop.worker().assigned())
                  .count();
          var down =
              pipeline.workers().stream()
                  .filter(each -> each.host().assigned())
                  .filter(each -> !each.isRunning() && each.job().isPresent())
                  .filter(each -> !isBare(each))
                  .count();
          assertThat(stops == 0 || stops + down <= pipeline.wish.atOnce).isTrue();
        });
  }

  private static boolean isBare(AWorker worker) {
    return worker.view().ifKnown().filter(seen -> seen.revision().isEmpty()).isPresent();
  }

  @Property(tries = 100)
  void neverTouchesAMachineThatGaveNoAnswer(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) ->
            assertThat(
                    pipeline.workers().stream()
                        .filter(each -> each.view().ifKnown().isEmpty())
                        .map(each -> each.id.value()))
                .noneMatch(
                    id -> Told.actions(decision).stream().anyMatch(a -> a.endsWith(" " + id))));
  }

  @Property(tries = 100)
  void neverChangesCodeUnderARunningProgram(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) ->
            assertThat(Told.all(decision, UpdateCode.class))
                .noneMatch(update -> pipeline.worker(update.worker().id().value()).isRunning()));
  }

  @Property(tries = 100)
  void neverAsksForMoreWhereNobodyMayWork(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) -> {
          if (!pipeline.wish.running) {
            assertThat(decision.summary().demand().orElseThrow().utility()).isEqualTo(Utility.ZERO);
          }
        });
  }

  @Property(tries = 100)
  void neverMakesAnIndexWithoutItsTemplateNorWritesToOneThatIsNotThere(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) -> {
          var table = pipeline.coverage.view();
          assertThat(Told.all(decision, CreateIndex.class))
              .allMatch(create -> table.template().equals(Optional.of(ATable.TEMPLATE)));
          assertThat(Told.all(decision, WriteTo.class))
              .allMatch(
                  write ->
                      table.lookAlikes().contains(write.index())
                          || pipeline.coverage.names().contains(write.index()));
        });
  }

  /** Nothing is said without a word to a person; equal arguments give equal decisions. */
  @Property(tries = 50)
  void decidesTheSameTwiceAndAlwaysSaysWhy(@ForAll long seed) {
    always(
        seed,
        (pipeline, decision) -> {
          assertThat(pipeline.looks()).isEqualTo(decision);
          assertThat(decision.verdict().reason().sentence()).isNotBlank();
          assertThat(decision.conditions()).allMatch(each -> !each.reason().sentence().isBlank());
        });
  }
}
