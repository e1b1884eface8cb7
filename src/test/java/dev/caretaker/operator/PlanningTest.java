package dev.caretaker.operator;

import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.guard.Guard;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.guard.StopQuestion;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.port.EsPort;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A planner that fails, hangs or comes too late, and the passes beside it. */
class PlanningTest {
  private static final long GENERATION = 7;

  private final World world =
      World.builder(1)
          .node("backup1", "backup")
          .node("backup2", "backup")
          .node("spot1", "spot")
          .node("spot2", "spot")
          .node("spot3", "spot")
          .index("logs", 3, 1, 1_000_000, 0)
          .build();

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Poison poison = new Poison();
  private final Engine engine = new Engine();
  private boolean memoryIsShort = false;
  private final Planning planning =
      new Planning(
          new PlanMaker(
              new EsDecider(new Guards(List.of(poison))),
              engine,
              () -> memoryIsShort,
              new WorldClock(world)),
          executor,
          new WorldClock(world));

  /** What goes wrong in the middle of a plan. */
  private enum Fault {
    EXCEPTION {
      @Override
      void happens() {
        throw new IllegalStateException("stages do not settle");
      }
    },
    STACK {
      @Override
      void happens() {
        assertThat(depth(0)).isZero();
      }

      private int depth(int so) {
        return so == Integer.MAX_VALUE ? so : depth(so + 1);
      }
    },
    MEMORY {
      @Override
      void happens() {
        assertThat(new long[Integer.MAX_VALUE]).isEmpty();
      }
    };

    abstract void happens();
  }

  /** A guard that breaks whoever asks it. */
  private static final class Poison implements Guard {
    private volatile Optional<Fault> fault = Optional.empty();

    @Override
    public Scope scope() {
      return Scope.ACTING;
    }

    @Override
    public Optional<Refusal> refuses(StopQuestion question) {
      fault.ifPresent(Fault::happens);
      return Optional.empty();
    }
  }

  /** The world's engine, which may take its time to tell of recoveries. */
  private final class Engine implements EsPort {
    private final List<Thread> askedBy = new ArrayList<>();
    private volatile CountDownLatch asked = new CountDownLatch(1);
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile boolean stubborn;

    @Override
    public Observed<ClusterView> read(Set<ShardId> explain) {
      return world.engine().read(explain);
    }

    @Override
    public Observed<Boolean> probe() {
      return world.engine().probe();
    }

    @Override
    public void perform(EsAction.OnEngine action) {
      throw new AssertionError("planners change nothing");
    }

    @Override
    public Observed<List<Recovery>> recoveries() {
      askedBy.add(Thread.currentThread());
      asked.countDown();
      while (true) {
        try {
          assertThat(answers.await(1, TimeUnit.MINUTES)).isTrue();
          return world.engine().recoveries();
        } catch (InterruptedException e) {
          if (!stubborn) {
            Thread.currentThread().interrupt();
            return Observed.unknown("interrupted");
          }
        }
      }
    }

    void hangs() {
      asked = new CountDownLatch(1);
      answers = new CountDownLatch(1);
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    engine.answers.countDown();
    executor.shutdownNow();
    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private APolicy asking() {
    return aPolicy().restartedAt(world.instant()).manual("");
  }

  /** One pass, beside which a plan may be begun. */
  private void looks(EsPolicy policy) {
    var pass =
        new EsPass(
            new EsDecider(Guards.standard()), world.engine(), world.hosts(), new WorldClock(world));
    try {
      var offered = policy.offering(planning.offered(policy));
      var outcome = pass.run(offered, EsProgress.NONE, List.of(), List.of(), saved -> {});
      planning.consider(policy, EsProgress.NONE, outcome, GENERATION);
    } catch (StaleWriter e) {
      throw new AssertionError(e);
    }
  }

  /** Until the one planner there is has done what it was given. */
  private void settles() throws Exception {
    executor.submit(() -> {}).get(1, TimeUnit.MINUTES);
  }

  private void looksAndSettles(EsPolicy policy) throws Exception {
    looks(policy);
    settles();
  }

  private String whyNone(EsPolicy policy) {
    var offered = planning.offered(policy).orElseThrow();
    assertThat(offered).isInstanceOf(Observed.Unknown.class);
    return ((Observed.Unknown<PlanCover>) offered).cause();
  }

  private PlanCover plan(EsPolicy policy) {
    return planning.offered(policy).flatMap(Observed::ifKnown).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void shouldSayThatThereIsNoPlanAndMakeTheNextWithTheSameThread(Fault fault) throws Exception {
    var policy = asking().build();
    poison.fault = Optional.of(fault);

    looksAndSettles(policy);

    assertThat(whyNone(policy))
        .contains(
            switch (fault) {
              case EXCEPTION -> "no plan could be made (see the operator's log)";
              case STACK -> "StackOverflowError";
              case MEMORY -> "no plan: too large for this process's memory";
            });
    assertThat(planning.planned(policy).orElseThrow().plan()).isInstanceOf(Observed.Unknown.class);

    poison.fault = Optional.empty();
    world.advance(Duration.ofMinutes(11).toSeconds());
    looksAndSettles(policy);

    assertThat(plan(policy).steps()).hasSize(5);
    assertThat(engine.askedBy).hasSize(2).containsOnly(engine.askedBy.get(0));
  }

  @Test
  void shouldStopBeforeTheMemoryRunsOut() throws Exception {
    var policy = asking().build();
    memoryIsShort = true;

    looksAndSettles(policy);

    assertThat(whyNone(policy)).contains("too large for this process's memory").contains("-Xmx");
  }

  @Test
  void shouldTellOneThatHangsToEndAndGoOnWithThePasses() throws Exception {
    var policy = asking().build();
    engine.hangs();
    looks(policy);
    assertThat(engine.asked.await(1, TimeUnit.MINUTES)).isTrue();

    world.advance(Duration.ofMinutes(3).toSeconds());
    looks(policy);
    assertThat(planning.offered(policy)).isEmpty();

    world.advance(31);
    looks(policy);
    assertThat(whyNone(policy)).contains("more than 3 min");
    settles();
    assertThat(whyNone(policy)).contains("more than 3 min");

    engine.answers.countDown();
    world.advance(Duration.ofMinutes(11).toSeconds());
    looksAndSettles(policy);
    assertThat(plan(policy).steps()).hasSize(5);
  }

  @Test
  void neverTakesThePlanOfOneThatCannotBeEnded() throws Exception {
    var policy = asking().build();
    engine.hangs();
    engine.stubborn = true;
    looks(policy);
    assertThat(engine.asked.await(1, TimeUnit.MINUTES)).isTrue();
    world.advance(Duration.ofMinutes(4).toSeconds());
    looks(policy);

    var other = asking().build();
    looks(other);
    assertThat(whyNone(other)).contains("more than 3 min");
    assertThat(engine.askedBy).hasSize(1);

    engine.answers.countDown();
    settles();
    assertThat(whyNone(other)).contains("more than 3 min");
  }

  @Test
  void neverTakesWhatAnInterruptedOneCameTo() throws Exception {
    var policy = asking().build();
    engine.hangs();
    looks(policy);
    assertThat(engine.asked.await(1, TimeUnit.MINUTES)).isTrue();

    executor.shutdownNow();
    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(planning.offered(policy)).isEmpty();
    looks(policy);
    assertThat(planning.offered(policy)).isEmpty();
  }

  @Test
  void shouldForgetAPlanForWhatIsDoneMeanwhile() throws Exception {
    var policy = asking().build();
    engine.hangs();
    looks(policy);
    assertThat(engine.asked.await(1, TimeUnit.MINUTES)).isTrue();

    looks(aPolicy().manual("").build());
    engine.answers.countDown();
    settles();

    assertThat(planning.planned(policy)).isEmpty();
  }

  @Test
  void shouldOfferNoPlanForAnotherWishThanTheOneInForce() throws Exception {
    var policy = asking().build();
    engine.hangs();
    looks(policy);
    assertThat(engine.asked.await(1, TimeUnit.MINUTES)).isTrue();

    var other = asking().select("spot1").build();
    looks(other);
    engine.answers.countDown();
    settles();
    assertThat(planning.offered(other)).isEmpty();

    looksAndSettles(other);
    assertThat(plan(other).steps()).hasSize(1);
  }

  @Test
  void shouldPlanAnewWhereTheClusterChangedWhileItWasPlanned() throws Exception {
    var policy = asking().build();
    engine.hangs();
    looks(policy);
    assertThat(engine.asked.await(1, TimeUnit.MINUTES)).isTrue();
    world.people().createIndex("new", 1, 1, 1_000_000, 0);
    world.advance(60);
    engine.answers.countDown();
    settles();
    var old = planning.planned(policy).orElseThrow();

    looksAndSettles(policy);

    var fresh = planning.planned(policy).orElseThrow();
    assertThat(fresh.madeAt()).isEqualTo(old.madeAt().plusSeconds(60));
  }
}
