package dev.caretaker.elastic.policy;

import dev.caretaker.kernel.Observed;
import java.util.Optional;

/**
 * Whether a person wants to see a plan before it is begun.
 *
 * @param approvedPlan the hash that a person wrote down; empty where none did
 * @param offered the plan that could be approved now; absent while it is being made, unknown where
 *     there can be none
 * @param granted the last plan that was approved, remembered because what is left of it has another
 *     hash
 */
public record Approval(
    Mode mode,
    String approvedPlan,
    Optional<Observed<PlanCover>> offered,
    Optional<PlanCover> granted) {

  /** Nobody is asked. */
  public static final Approval AUTOMATIC = of(Mode.AUTOMATIC, "");

  /** Who says that a plan may begin. */
  public enum Mode {
    AUTOMATIC,
    MANUAL
  }

  /** What the spec says; nothing was offered or granted yet. */
  public static Approval of(Mode mode, String approvedPlan) {
    return new Approval(mode, approvedPlan, Optional.empty(), Optional.empty());
  }

  public boolean manual() {
    return mode == Mode.MANUAL;
  }

  /** The same where this plan could be approved. */
  public Approval offering(Optional<Observed<PlanCover>> plan) {
    return new Approval(mode, approvedPlan, plan, granted);
  }

  /** The same where this one was approved last. */
  public Approval granting(Optional<PlanCover> plan) {
    return new Approval(mode, approvedPlan, offered, plan);
  }

  /** The plan that is approved now, or was last, where that one was remembered. */
  public Optional<PlanCover> approvedAfter(Optional<PlanCover> remembered) {
    if (!manual()) {
      return Optional.empty();
    }
    return offered
        .flatMap(Observed::ifKnown)
        .filter(plan -> plan.hash().equals(approvedPlan))
        .or(() -> remembered);
  }
}
