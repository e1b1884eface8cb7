package dev.caretaker.sandbox.scenario;

import dev.caretaker.sandbox.audit.LookAlikes;
import dev.caretaker.sandbox.load.Producer;
import dev.caretaker.sandbox.load.Producer.Fate;
import dev.caretaker.sandbox.market.WorkMessages;
import dev.caretaker.sandbox.scenario.Stage.Question;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A pipeline from its introduction on: a backlog grows, workers die at the worst moments, their
 * code is updated, a second table is introduced while machines start, the budget is cut and
 * restored; objects from before it are worked on when the backlog is low, and the operator dies in
 * the middle. Every message and object has a number, and every number is looked for in the end.
 */
public final class PipelineScenario implements Scenario {
  /** Tags are read for three minutes, then a machine boots, gets its code and makes the trial. */
  private static final Duration TO_INTRODUCE = Duration.ofMinutes(9);

  /** Demand at most doubles from step to step, and machines boot between. */
  private static final Duration TO_GROW = Duration.ofMinutes(12);

  private static final Duration TO_UPDATE = Duration.ofMinutes(6);
  private static final Duration TO_SHED = Duration.ofMinutes(5);
  private static final Duration TO_DRAIN = Duration.ofMinutes(25);

  /**
   * The operator looks at the queue again a minute after each batch, and one batch is sent twice.
   */
  private static final Duration TO_BACKFILL = Duration.ofMinutes(10);

  /** So long the budget stays cut at least. */
  private static final Duration CUT = Duration.ofMinutes(2);

  private static final String FIRST = PipelineStage.FIRST;
  private static final String SECOND = "perf";
  private static final int OF_EACH_FATE = 8;

  /** Messages a second, all the time. */
  private static final int LITTLE = 2;

  /** Twelve workers have to do with it for twenty minutes, which is soon enough for a pipeline. */
  private static final int MUCH = 16_000;

  private static final int MANY = 12;
  private static final int FEW = 5;

  private final List<String> complaints = new ArrayList<>();

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    var begun = Instant.now();
    var queue = stage.stand().cloud().queue().messages(PipelineStage.QUEUE);
    var pipeline = PipelineStage.apply(stage);
    await(stage, TO_INTRODUCE, "the queue", queue::exists);
    try (var producer = new Producer(queue, LITTLE, FIRST)) {
      producer.start();
      await(
          stage,
          TO_INTRODUCE,
          "one table, and a worker at work",
          () -> LookAlikes.behind(stage.stand().door(), FIRST) == 1 && pipeline.working() > 0);
      grow(stage, pipeline, producer);
      update(stage, pipeline);
      introduce(stage, pipeline, producer);
      cutBudget(stage, pipeline);
      producer.close();
      backfill(stage, pipeline, queue);
      return new PipelineVerdict(stage, pipeline, producer.sent(), List.of(FIRST, SECOND))
          .judge(begun, complaints);
    }
  }

  /** More comes than the first workers do in time, and some of it kills who works on it. */
  private void grow(Stage stage, PipelineStage pipeline, Producer producer)
      throws IOException, InterruptedException {
    stage.say().accept(MUCH + " messages at once, and some that kill who works on them");
    producer.burst(MUCH / 2, Fate.LIVES);
    for (var fate : Fate.values()) {
      producer.burst(OF_EACH_FATE, fate);
    }
    producer.burst(MUCH / 2, Fate.LIVES);
    await(stage, TO_GROW, MANY + " workers", () -> pipeline.working() >= MANY);
  }

  private void update(Stage stage, PipelineStage pipeline)
      throws IOException, InterruptedException {
    pipeline.update("v2");
    await(
        stage,
        TO_UPDATE,
        MANY + " workers with the new code, and none with the old",
        () -> pipeline.working() >= MANY && pipeline.outdated().isEmpty());
  }

  /** Its messages are there at once, before anything of it is. */
  private void introduce(Stage stage, PipelineStage pipeline, Producer producer)
      throws IOException, InterruptedException {
    pipeline.introduce("v3", SECOND);
    producer.writeTo(List.of(FIRST, SECOND));
    await(
        stage,
        TO_UPDATE,
        "two tables, and the workers at work again",
        () ->
            LookAlikes.behind(stage.stand().door(), SECOND) == 1
                && pipeline.working() >= MANY
                && pipeline.outdated().isEmpty());
  }

  private void cutBudget(Stage stage, PipelineStage pipeline)
      throws IOException, InterruptedException {
    var since = Instant.now();
    pipeline.cutBudget();
    await(stage, TO_SHED, "at most " + FEW + " machines", () -> pipeline.machines().size() <= FEW);
    stage.await(CUT, () -> Instant.now().isAfter(since.plus(CUT)));
    pipeline.restoreBudget();
  }

  /** Once the queue is nearly empty; the operator dies when it has sent and before it knows it. */
  private void backfill(Stage stage, PipelineStage pipeline, WorkMessages queue)
      throws IOException, InterruptedException {
    if (queue.count() > Archive.ONLY_BELOW && pipeline.backfilled() > 0) {
      complaints.add("objects were sent while more than " + Archive.ONLY_BELOW + " messages wait");
    }
    await(stage, TO_DRAIN, "a small backlog", () -> queue.count() <= Archive.ONLY_BELOW);
    var least = new AtomicLong(queue.count());
    await(stage, TO_BACKFILL, "objects in the queue", () -> grows(queue.count(), least));
    stage.say().accept("the operator is killed, and started");
    stage.stand().operator().kill();
    stage.stand().operator().start();
    int all = pipeline.archive().wanted().size();
    await(stage, TO_BACKFILL, all + " objects sent", () -> pipeline.backfilled() == all);
    await(stage, TO_DRAIN, "an empty queue", () -> queue.count() == 0);
  }

  /** By more than the copies that workers put back. */
  private static boolean grows(long count, AtomicLong least) {
    return count > least.accumulateAndGet(count, Math::min) + Archive.LIMIT / 4;
  }

  private void await(Stage stage, Duration patience, String what, Question question)
      throws IOException, InterruptedException {
    stage.say().accept("waits for " + what);
    if (!stage.await(patience, question)) {
      complaints.add("not within " + patience.toSeconds() + " s: " + what);
    }
  }
}
