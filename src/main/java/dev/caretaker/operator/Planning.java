package dev.caretaker.operator;

import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.PlanIsApproved;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.mapping.Planned;
import dev.caretaker.pass.EsPass;
import dev.caretaker.plan.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan of one cluster. It is made beside the passes, on what a pass has read, so that neither a
 * slow nor a failing one keeps the cluster from being cared for.
 */
final class Planning {
  private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

  /** Sizes and speeds drift; nobody waits for that. */
  private static final Duration GETS_OLD = Duration.ofMinutes(10);

  /** A cluster that changes all the time is planned anew no more often. */
  private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

  /** And a plan that is dear takes a tenth of a processor at most. */
  private static final int PAUSES = 10;

  /** A planner that does not end by itself so long after its time hangs. */
  private static final Duration HANGS = PlanMaker.PATIENCE.plusSeconds(30);

  private final PlanMaker maker;
  private final Executor executor;
  private final Clock clock;
  private Optional<Made> made = Optional.empty();
  private Optional<Making> making = Optional.empty();

  /**
   * A plan with what it rests on.
   *
   * @param cost how long it took to make
   */
  private record Made(EsPolicy asked, int shape, Planned planned, Duration cost) {}

  /** A plan that is being made, from when it was asked for until its maker has ended. */
  private static final class Making {
    Optional<Thread> thread = Optional.empty();
    Instant began = Instant.MAX;

    /** Whether anybody still wants it. */
    boolean wanted = true;
  }

  /**
   * Plans for one cluster.
   *
   * @param executor makes the plans, one after the other
   */
  Planning(PlanMaker maker, Executor executor, Clock clock) {
    this.maker = maker;
    this.executor = executor;
    this.clock = clock;
  }

  /** What could be approved now; empty while it is being made. */
  Optional<Observed<PlanCover>> offered(EsPolicy policy) {
    return of(policy).map(each -> cover(each.planned().plan()));
  }

  /** The plan for what is asked; empty where none was made. */
  Optional<Planned> planned(EsPolicy policy) {
    return of(policy).map(Made::planned);
  }

  private synchronized Optional<Made> of(EsPolicy policy) {
    return made.filter(each -> each.asked().equals(asked(policy)));
  }

  /** An approval says that a plan may begin, and not what is in it. */
  private static EsPolicy asked(EsPolicy policy) {
    return policy.with(Approval.AUTOMATIC);
  }

  private static Observed<PlanCover> cover(Observed<Plan> plan) {
    if (plan instanceof Observed.Known<Plan> known && known.value().steps().isEmpty()) {
      var against = known.value().later().stream().findFirst();
      return Observed.unknown(
          against
              .map(each -> each.guard() + ": " + each.sentence() + "; to lift: " + each.liftedBy())
              .orElse(known.value().reason().sentence()));
    }
    return plan.map(Plan::cover);
  }

  /**
   * Makes a plan where one is wanted: something is asked, and no set is under way.
   *
   * @param before the progress that the pass began with
   */
  synchronized void consider(
      EsPolicy policy, EsProgress before, EsPass.Outcome outcome, long generation) {
    if (outcome.decision().verdict().kind() == Verdict.Kind.SETTLED) {
      made = Optional.empty();
      making.ifPresent(each -> each.wanted = false);
      return;
    }
    var view = outcome.view();
    var cluster = view.cluster().ifKnown().filter(ClusterView::fromMaster);
    boolean wanted = before.rollout().isEmpty() && !isApproved(policy, outcome);
    if (cluster.isEmpty() || !wanted) {
      return;
    }
    if (making.filter(this::hangs).isPresent()) {
      giveUp(making.get(), policy, view, cluster.get(), generation);
    } else if (making.isEmpty() && isDue(policy, shape(cluster.get()), generation)) {
      var next = new Making();
      making = Optional.of(next);
      try {
        executor.execute(() -> make(next, policy, before, view, cluster.get(), generation));
      } catch (RejectedExecutionException ending) {
        // The process ends; the pass is finished all the same.
        making = Optional.empty();
      }
    }
  }

  private boolean hangs(Making planner) {
    return planner.thread.isPresent() && clock.instant().isAfter(planner.began.plus(HANGS));
  }

  /** It is told to end, and until it does there is no other plan. */
  private void giveUp(
      Making planner, EsPolicy policy, EsView view, ClusterView cluster, long generation) {
    planner.wanted = false;
    planner.thread.ifPresent(Thread::interrupt);
    var none = new Planned(Observed.unknown(PlanMaker.TOO_LONG), generation, view.readAt());
    made = Optional.of(new Made(asked(policy), shape(cluster), none, HANGS));
  }

  /** What was approved goes on, though what is left of it would have another hash. */
  private static boolean isApproved(EsPolicy policy, EsPass.Outcome outcome) {
    var decision = outcome.decision();
    return decision
            .progress()
            .approved()
            .filter(plan -> plan.hash().equals(policy.rollout().approval().approvedPlan()))
            .isPresent()
        && decision.verdict().refusals().stream()
            .noneMatch(each -> each.guard().equals(PlanIsApproved.class.getSimpleName()));
  }

  private boolean isDue(EsPolicy policy, int shape, long generation) {
    var last = of(policy);
    if (last.isEmpty() || last.get().planned().generation() != generation) {
      return true;
    }
    var age = Duration.between(last.get().planned().madeAt(), clock.instant());
    var pause = last.get().cost().multipliedBy(PAUSES);
    var rest = pause.compareTo(AT_MOST_EVERY) > 0 ? pause : AT_MOST_EVERY;
    return age.compareTo(GETS_OLD) > 0 || (last.get().shape() != shape && age.compareTo(rest) > 0);
  }

  /** What plans depend on, without what changes with every document. */
  private static int shape(ClusterView cluster) {
    var nodes =
        cluster.nodes().stream()
            .map(node -> List.of(node.name(), node.ephemeralId(), node.zone(), node.answers()))
            .toList();
    return Objects.hash(nodes, cluster.master(), cluster.copies(), cluster.indices());
  }

  private void make(
      Making planner,
      EsPolicy policy,
      EsProgress before,
      EsView view,
      ClusterView cluster,
      long generation) {
    begin(planner);
    var began = System.nanoTime();
    Optional<Made> plan = Optional.empty();
    try {
      var planned =
          new Planned(maker.plan(policy, before, view, cluster), generation, view.readAt());
      var cost = Duration.ofNanos(System.nanoTime() - began);
      LOG.debug("planned in {}: {}", cost, planned.plan());
      plan = Optional.of(new Made(asked(policy), shape(cluster), planned, cost));
    } finally {
      end(planner, plan);
    }
  }

  private synchronized void begin(Making planner) {
    planner.thread = Optional.of(Thread.currentThread());
    planner.began = clock.instant();
  }

  /** What was made for a wish that is done, or by an interrupted thread, is no plan. */
  private synchronized void end(Making planner, Optional<Made> plan) {
    making = Optional.empty();
    if (planner.wanted && plan.isPresent() && !Thread.currentThread().isInterrupted()) {
      made = plan;
    }
  }
}
