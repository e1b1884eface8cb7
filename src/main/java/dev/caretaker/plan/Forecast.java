package dev.caretaker.plan;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.WithinWindow;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.EsPass;
import dev.caretaker.pass.ProgressStore;
import dev.caretaker.world.World;
import dev.caretaker.world.WorldClock;
import dev.caretaker.world.WorldFromView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds out what a wish would do: the decider that the operator runs is run in a simulated world
 * that starts as the cluster was read, until nothing is left to do or nothing can be done.
 */
public final class Forecast {
  /** Whoever asks for more than this asks for something that does not end. */
  private static final Duration LONGEST = Duration.ofDays(60);

  /** Blocked for so long, while nothing moves, is blocked until a person does something. */
  private static final Duration BLOCKED_FOR = Duration.ofMinutes(15);

  /** A wait of a rollout in which nothing happens is looked at again after this at the latest. */
  private static final long UNCHANGED_FOR = 30;

  private final EsDecider decider;
  private final Speed speed;

  public Forecast(EsDecider decider, Speed speed) {
    this.decider = decider;
    this.speed = speed;
  }

  /**
   * Makes the plan; equal arguments give equal plans.
   *
   * @param name of the resource, {@code namespace/name}
   */
  public Plan plan(String name, EsPolicy asked, EsView view, EsProgress progress) {
    return plan(name, asked, view, progress, () -> false).orElseThrow();
  }

  /**
   * Makes the plan, or none where that takes too long.
   *
   * @param tooLong is asked after every pass
   */
  public Optional<Plan> plan(
      String name, EsPolicy asked, EsView view, EsProgress progress, BooleanSupplier tooLong) {
    // A plan is what is done once it is approved.
    var policy = asked.with(Approval.AUTOMATIC);
    var first = decider.decide(policy, view, progress, List.of(), view.readAt()).verdict();
    if (!(view.cluster() instanceof Observed.Known<ClusterView> known)) {
      return Optional.of(plan(name, first, List.of(), List.of(), policy, view));
    }
    var world = WorldFromView.of(known.value(), view, policy.zoneAttribute(), speed.pace());
    var steps = new Steps(policy, world.now());
    return follow(world, policy, view, progress, steps, tooLong)
        .map(later -> plan(name, first, steps.all(), later, policy, view));
  }

  private Plan plan(
      String name,
      Verdict first,
      List<PlanStep> steps,
      List<Refusal> later,
      EsPolicy policy,
      EsView view) {
    return new Plan(
        name + view.cluster().ifKnown().map(Forecast::described).orElse(""),
        policy.request(),
        first.kind(),
        first.reason(),
        first.refusals(),
        steps,
        later,
        policy.risks(view.readAt()),
        speed.basis());
  }

  private static String described(ClusterView cluster) {
    var engine = cluster.engine();
    var flavour = engine.flavour().name().toLowerCase(Locale.ROOT);
    var health = cluster.health().name().toLowerCase(Locale.ROOT);
    return " on %s %s, %d nodes, %s"
        .formatted(flavour, engine.version(), cluster.nodes().size(), health);
  }

  /** Returns what stands in the way of the end, if anything does; empty where it took too long. */
  private Optional<List<Refusal>> follow(
      World world,
      EsPolicy policy,
      EsView view,
      EsProgress progress,
      Steps steps,
      BooleanSupplier tooLong) {
    var memory = new Memory(progress);
    var pass = new EsPass(decider, world.engine(), world.hosts(), new WorldClock(world));
    long end = world.now() + LONGEST.toSeconds();
    var windows = new WindowsTried(policy.rollout(), world.instant());
    long blockedSince = Long.MAX_VALUE;
    // A plan is for longer than the two minutes in which EC2 takes a machine.
    var machines = view.machines().stream().map(SpotMachine::unannounced).toList();
    while (world.now() < end) {
      if (tooLong.getAsBoolean()) {
        return Optional.empty();
      }
      var outcome = look(pass, policy, machines, memory);
      var verdict = outcome.decision().verdict();
      var seen = outcome.view().cluster().ifKnown();
      seen.ifPresent(cluster -> steps.note(world.now(), cluster, outcome.decision()));
      if (verdict.kind() == Verdict.Kind.SETTLED) {
        return Optional.of(List.of());
      }
      blockedSince = blocked(verdict) ? Math.min(blockedSince, world.now()) : Long.MAX_VALUE;
      if (world.now() - blockedSince >= BLOCKED_FOR.toSeconds()) {
        return Optional.of(verdict.refusals());
      }
      windows.note(world.instant(), outcome.decision());
      var inVain = windows.inVain(world.instant(), outcome.decision());
      if (inVain.isPresent()) {
        return inVain;
      }
      wait(world, policy, outcome.decision());
    }
    return Optional.of(List.of(noEnd()));
  }

  private static boolean blocked(Verdict verdict) {
    return verdict.kind() == Verdict.Kind.BLOCKED;
  }

  private static Refusal noEnd() {
    return new Refusal(
        "NoEnd",
        "After " + LONGEST.toDays() + " days there is still something to do",
        List.of(),
        "look at what the steps above do again and again");
  }

  /**
   * Until the operator would look again, and on from there while nothing has changed that a look
   * could show: all those looks would decide the same.
   */
  private static void wait(World world, EsPolicy policy, EsDecision decision) {
    long step = Math.max(1, decision.verdict().lookAgainIn().toSeconds());
    long begun = world.now();
    long end = begun + unchangedFor(world, policy, decision);
    long before = world.version();
    do {
      world.advance(step);
      step = Math.min(step, end - world.now());
    } while (world.version() == before && world.now() < end);
  }

  /** Seconds for which only a change of the world makes a difference. */
  private static long unchangedFor(World world, EsPolicy policy, EsDecision decision) {
    if (decision.verdict().kind() != Verdict.Kind.WAITING) {
      return 0;
    }
    if (decision.progress().rollout().isPresent()) {
      return UNCHANGED_FOR;
    }
    var now = world.instant();
    return Optional.of(now)
        .filter(at -> !WithinWindow.isOpen(policy.rollout(), at))
        .flatMap(at -> WithinWindow.next(policy.rollout(), at))
        .map(at -> Duration.between(now, at).toSeconds())
        .orElse(0L);
  }

  private static EsPass.Outcome look(
      EsPass pass, EsPolicy policy, List<SpotMachine> machines, Memory memory) {
    try {
      return pass.run(policy, memory.saved(), List.of(), machines, memory);
    } catch (ProgressStore.StaleWriter e) {
      throw new IllegalStateException("nobody else writes here", e);
    }
  }

  /** Remembers what a pass saves. */
  private static final class Memory implements ProgressStore {
    private EsProgress saved;

    Memory(EsProgress saved) {
      this.saved = saved;
    }

    EsProgress saved() {
      return saved;
    }

    @Override
    public void save(EsProgress progress) {
      saved = progress;
    }
  }
}
