package dev.caretaker.world.simulation;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.pass.EsPass;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.Plan;
import dev.caretaker.plan.Speed;
import dev.caretaker.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A person who approves plans, in the end always the one that is shown; until then late, or an old
 * one, or thinks better of it. Knows which set was begun with an approval.
 */
final class Approver {
  private static final long CHANCE = 0x4F4B4159L;

  /** A plan that is this old is made anew. */
  private static final long GETS_OLD = 60;

  /** Windows that are too short for any set are waited for again and again. */
  private static final int MOST_PASSES = 1_500;

  private final World world;
  private final Wishes wishes;
  private final EsDecider decider;
  private final SplittableRandom random;
  private final Map<String, PlanCover> shown = new HashMap<>();
  private final List<String> hashes = new ArrayList<>();
  private Optional<Offer> offer = Optional.empty();
  private Optional<Intent> intent = Optional.empty();
  private List<Mark.Member> begun = List.of();
  private boolean sheltering;
  private boolean peace;

  /** A plan as the status shows it, and for what it was made. */
  private record Offer(EsPolicy asked, Observed<PlanCover> plan, long at) {}

  /** What the person will write into the spec. */
  private record Intent(long at, String hash) {}

  Approver(long seed, World world, Wishes wishes, EsDecider decider) {
    this.world = world;
    this.wishes = wishes;
    this.decider = decider;
    this.random = new SplittableRandom(seed ^ CHANCE);
  }

  private boolean asked() {
    return wishes.policy().rollout().approval().manual();
  }

  private static EsPolicy unapproved(EsPolicy policy) {
    return policy.with(Approval.AUTOMATIC);
  }

  /** The spec, with the plan that could be approved, as the operator passes it on. */
  EsPolicy offering(EsPolicy policy) {
    return policy.offering(
        offer.filter(each -> each.asked().equals(unapproved(policy))).map(Offer::plan));
  }

  /** The operator's process ended: a plan is made anew, on another view perhaps. */
  void forget() {
    offer = Optional.empty();
  }

  /** From now on whatever is shown is approved soon. */
  void calm() {
    peace = true;
    intent = Optional.empty();
  }

  /** The operator plans after a pass that has nothing under way and something to do. */
  void plans(EsPolicy policy, EsProgress before, EsPass.Outcome outcome) {
    var view = outcome.view();
    var cluster = view.cluster().ifKnown().filter(ClusterView::fromMaster);
    boolean wanted =
        asked()
            && before.rollout().isEmpty()
            && outcome.decision().verdict().kind() != Verdict.Kind.SETTLED;
    boolean fresh =
        offer
            .filter(each -> each.asked().equals(unapproved(policy)))
            .filter(each -> world.now() - each.at() < GETS_OLD)
            .isPresent();
    if (!wanted || fresh || cluster.isEmpty()) {
      return;
    }
    var passes = new AtomicInteger();
    var covers =
        new Forecast(decider, Speed.assumed(cluster.get()))
            .plan("simulated", policy, view, before, () -> passes.incrementAndGet() > MOST_PASSES)
            .map(Approver::cover)
            .orElseGet(() -> Observed.unknown("the plan takes too long to make"));
    offer = Optional.of(new Offer(unapproved(policy), covers, world.now()));
    covers.ifKnown().ifPresent(this::show);
  }

  private static Observed<PlanCover> cover(Plan plan) {
    return plan.steps().isEmpty()
        ? Observed.unknown("refused by " + plan.later())
        : Observed.known(plan.cover());
  }

  private void show(PlanCover plan) {
    shown.put(plan.hash(), plan);
    if (!hashes.contains(plan.hash())) {
      hashes.add(plan.hash());
      world.log("a plan is shown: " + plan);
    }
    if (intent.isEmpty() && !plan.hash().equals(approvedPlan())) {
      intent = Optional.of(peace ? new Intent(world.now() + 5, plan.hash()) : whim(plan.hash()));
    }
  }

  private Intent whim(String hash) {
    long at = world.now() + 5 + random.nextInt(random.nextInt(3) == 0 ? 300 : 40);
    return switch (random.nextInt(8)) {
      case 0 -> new Intent(at, "");
      case 1 -> new Intent(at, hashes.get(random.nextInt(hashes.size())));
      default -> new Intent(at, hash);
    };
  }

  private String approvedPlan() {
    return wishes.policy().rollout().approval().approvedPlan();
  }

  /** One second; says whether the person changed the spec. */
  boolean tick() {
    if (intent.isEmpty() || intent.get().at() > world.now()) {
      return false;
    }
    var hash = intent.get().hash();
    intent = Optional.empty();
    wishes.approve(hash);
    world.log("a person approves " + hash);
    return true;
  }

  /** Takes in what the operator saves; says which set goes without an approval. */
  Optional<String> saved(EsProgress progress) {
    var rollout = progress.rollout();
    var stage = rollout.map(RolloutProgress::stage);
    sheltering = stage.filter(Stage.SHELTERING::equals).isPresent();
    boolean leaves = stage.filter(Set.of(Stage.FREEZING, Stage.STOPPING)::contains).isPresent();
    var set = rollout.map(RolloutProgress::set).orElse(List.of());
    if (!leaves || set.equals(begun)) {
      begun = rollout.isPresent() && set.equals(begun) ? begun : List.of();
      return Optional.empty();
    }
    begun = set;
    return asked() && !covers(set)
        ? Optional.of(names(set) + " goes, approved is '" + approvedPlan() + "'")
        : Optional.empty();
  }

  /** Whether a copy may be moved, or a replica added, on the way to safety. */
  boolean mayShelter() {
    return !asked() || !sheltering || approved().isPresent();
  }

  private boolean covers(List<Mark.Member> set) {
    return approved()
        .filter(
            plan -> plan.steps().stream().anyMatch(each -> each.nodes().containsAll(names(set))))
        .isPresent();
  }

  private Optional<PlanCover> approved() {
    return Optional.ofNullable(shown.get(approvedPlan()))
        .filter(plan -> plan.wish().equals(wishes.policy().request()));
  }

  private static Set<NodeName> names(List<Mark.Member> set) {
    return set.stream().map(Mark.Member::name).collect(Collectors.toSet());
  }
}
