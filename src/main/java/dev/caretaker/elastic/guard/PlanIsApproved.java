package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Where a person wants to see the plan first, what is begun is the next of an approved one. */
public final class PlanIsApproved implements Guard {
  private static final String PLAN_ENDS =
      "lift what status.plan.thenRefusedBy names; then another plan is made";

  /** Whether it waits for a person who is asked already, or for a plan that is being made. */
  public static boolean isWaitedFor(Refusal refusal, Approval approval) {
    boolean impossible =
        refusal.liftedBy().equals(PLAN_ENDS)
            || approval.offered().filter(Observed.Unknown.class::isInstance).isPresent();
    return refusal.guard().equals(PlanIsApproved.class.getSimpleName()) && !impossible;
  }

  @Override
  public Scope scope() {
    return Scope.BEGINNING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var approval = question.policy().rollout().approval();
    if (!approval.manual() || question.beginning().isEmpty()) {
      return Optional.empty();
    }
    var beginning = question.beginning().get();
    boolean covered =
        approval.granted().filter(plan -> covers(plan, question, beginning)).isPresent();
    return covered ? Optional.empty() : Optional.of(refusal(approval, beginning));
  }

  /** The hash stays in the spec as long as the approval is meant to last. */
  private static boolean covers(PlanCover plan, StopQuestion question, Beginning beginning) {
    var policy = question.policy();
    return plan.hash().equals(policy.rollout().approval().approvedPlan())
        && plan.wish().equals(policy.request())
        && new HashSet<>(plan.risks()).containsAll(policy.risks(question.now()))
        && beginning.isNextOf(plan);
  }

  private Refusal refusal(Approval approval, Beginning beginning) {
    if (approval.offered().isEmpty()) {
      return beingMade("the plan to approve is being made");
    }
    if (approval.offered().get() instanceof Observed.Unknown<PlanCover> none) {
      var sentence = "there is no plan to approve: " + none.cause();
      return new Refusal(name(), sentence, List.of(), "lift that, and a plan is made");
    }
    var offered = approval.offered().get().ifKnown().orElseThrow();
    boolean ends =
        offered.steps().stream()
            .allMatch(step -> Collections.disjoint(step.nodes(), beginning.nodes()));
    if (offered.hash().equals(approval.approvedPlan()) && ends) {
      var sentence = "the approved plan " + offered.hash() + " ends before " + beginning.nodes();
      return new Refusal(name(), sentence, List.of(offered.hash()), PLAN_ENDS);
    }
    if (offered.hash().equals(approval.approvedPlan())) {
      return beingMade(
          "the approved plan "
              + offered.hash()
              + " does not go on with "
              + beginning.nodes()
              + " as it would be now, and another one is being made");
    }
    var sentence = "plan " + offered.hash() + " is not approved" + since(approval, offered);
    var lift = "spec.rollout.approvedPlan: \"" + offered.hash() + "\"";
    return new Refusal(name(), sentence, List.of(offered.hash()), lift);
  }

  private Refusal beingMade(String sentence) {
    return new Refusal(name(), sentence, List.of(), "wait for status.plan");
  }

  private static String since(Approval approval, PlanCover offered) {
    var before = approval.granted();
    if (before.isPresent()) {
      var changes = String.join("; ", offered.changesSince(before.get()));
      return changes.isEmpty() ? "" : "; since " + before.get().hash() + " was: " + changes;
    }
    return approval.approvedPlan().isEmpty()
        ? ""
        : "; approvedPlan names " + approval.approvedPlan() + ", which is no plan for what is now";
  }
}
