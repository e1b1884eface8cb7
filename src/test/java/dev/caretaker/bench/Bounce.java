package dev.caretaker.bench;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.world.Harm;
import dev.caretaker.world.Harms;
import dev.caretaker.world.Remains;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The operator at work on one wish in a simulated world, watched for harm, until it is done. */
public final class Bounce implements ProgressStore {
  private static final long UNCHANGED_FOR = 30;

  private final World world;
  private final EsPolicy policy;
  private final LongSupplier latency;
  private final EsPass pass;
  private final Harms harms;
  private final List<Harm> seen = new ArrayList<>();
  private final Map<List<NodeName>, Map<Stage, Long>> sets = new LinkedHashMap<>();
  private EsProgress saved = EsProgress.NONE;
  private String last = "";

  /**
   * Prepares it.
   *
   * @param latency seconds that a look takes longer than it should
   */
  public Bounce(World world, EsPolicy policy, LongSupplier latency) {
    this.world = world;
    this.policy = policy;
    this.latency = latency;
    this.pass =
        new EsPass(
            new EsDecider(Guards.standard()), world.engine(), world.hosts(), new WorldClock(world));
    this.harms = new Harms(world);
  }

  /**
   * What came of it.
   *
   * @param settled false where it was not done in time
   * @param sets in their order, with the seconds that each stage took
   * @param harms what it broke on the way or left behind
   * @param last what the operator said last
   */
  public record Result(
      boolean settled,
      Duration took,
      Map<List<NodeName>, Map<Stage, Long>> sets,
      List<Harm> harms,
      String last) {}

  /** What a pass would read now. */
  public static EsView view(World world, EsPolicy policy) {
    return new EsView(
        world.instant(),
        world.engine().read(Set.of()),
        world.engine().probe(),
        world.hosts().readAll(policy.hosts().keySet()),
        List.of());
  }

  /** Runs it; a bounce that takes longer than that is given up. */
  public Result run(Duration longest) {
    long begun = world.now();
    long end = begun + longest.toSeconds();
    boolean settled = false;
    while (!settled && world.now() < end) {
      var verdict = look();
      last = verdict.reason().code() + ": " + verdict.reason().sentence();
      settled = verdict.kind() == Verdict.Kind.SETTLED;
      if (!settled) {
        await(verdict);
      }
    }
    var took = Duration.ofSeconds(world.now() - begun);
    seen.addAll(new Remains(world).atTheEnd(policy));
    policy
        .rollout()
        .restartedAt()
        .ifPresent(at -> seen.addAll(new Remains(world).notBounced(policy, at)));
    return new Result(settled, took, sets, List.copyOf(seen), last);
  }

  private Verdict look() {
    try {
      return pass.run(policy, saved, List.of(), List.of(), this).decision().verdict();
    } catch (StaleWriter e) {
      throw new IllegalStateException("nobody else writes here", e);
    }
  }

  /** Looks that could show nothing new are left out, so that hours pass in seconds. */
  private void await(Verdict verdict) {
    boolean patient = verdict.kind() == Verdict.Kind.WAITING && saved.rollout().isPresent();
    long begun = world.now();
    long before = world.version();
    do {
      pass(Math.max(1, verdict.lookAgainIn().toSeconds()) + latency.getAsLong());
    } while (patient && world.version() == before && world.now() - begun < UNCHANGED_FOR);
  }

  private void pass(long seconds) {
    for (long second = 0; second < seconds; second++) {
      long before = world.version();
      world.advance(1);
      saved.rollout().filter(each -> !each.set().isEmpty()).ifPresent(this::count);
      if (world.version() != before) {
        seen.addAll(harms.now(policy));
      }
    }
  }

  private void count(RolloutProgress progress) {
    var names = progress.set().stream().map(Mark.Member::name).toList();
    sets.computeIfAbsent(names, none -> new LinkedHashMap<>())
        .merge(progress.stage(), 1L, Long::sum);
  }

  @Override
  public void save(EsProgress progress) {
    saved = progress;
  }
}
