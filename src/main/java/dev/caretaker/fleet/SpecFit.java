package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Whether what the spec names is to be had; what was not read is not judged. */
final class SpecFit {
  private final FleetPolicy policy;
  private final FleetView view;
  private final List<Offer> offers;

  SpecFit(FleetPolicy policy, FleetView view, List<Offer> offers) {
    this.policy = policy;
    this.view = view;
    this.offers = offers;
  }

  Condition condition() {
    var misfits = new ArrayList<Reason>();
    types(misfits);
    subnets(misfits);
    if (!offers.isEmpty()) {
      share(misfits, "sharePerType", policy.limits().sharePerType(), each -> each.pool().type());
      share(misfits, "sharePerZone", policy.limits().sharePerZone(), each -> each.pool().zone());
      floor(misfits);
    }
    if (misfits.isEmpty()) {
      return Condition.yes("SpecFits", "Fits", "what the spec names is to be had");
    }
    var code = misfits.size() == 1 ? misfits.get(0).code() : "Misfits";
    var sentences = misfits.stream().map(Reason::sentence).toList();
    return Condition.no("SpecFits", code, String.join("; ", sentences));
  }

  private void types(List<Reason> misfits) {
    var types = view.types().ifKnown();
    if (types.isPresent()) {
      var unknown = new TreeSet<>(policy.worth().named());
      unknown.removeAll(types.get().keySet());
      if (!unknown.isEmpty()) {
        misfits.add(
            new Reason(
                "TypeNotFound",
                "EC2 has no instance type " + unknown + " here: correct spec.machines.list"));
      }
    }
  }

  private void subnets(List<Reason> misfits) {
    var subnets = view.subnets().ifKnown();
    if (subnets.isPresent()) {
      var unknown = new TreeSet<>(policy.subnets());
      subnets.get().stream().map(Subnet::id).forEach(unknown::remove);
      if (!unknown.isEmpty()) {
        misfits.add(
            new Reason(
                "SubnetNotFound",
                "there is no subnet "
                    + unknown
                    + " in this region: correct spec.subnets or the region"));
      }
    }
  }

  /** Three types can hold no less than a third each. */
  private void share(List<Reason> misfits, String name, double share, Function<Offer, ?> of) {
    long there = offers.stream().map(of).distinct().count();
    if (there * share < 1 - 1e-9) {
      misfits.add(
          new Reason(
              "SharesTooSmall",
              String.format(
                  "limits.%s of %.0f %% needs %.0f of them, and %d can be had: allow more, or name"
                      + " more types or subnets",
                  name, share * 100, Math.ceil(1 / share - 1e-9), there)));
    }
  }

  private void floor(List<Reason> misfits) {
    double best = offers.stream().mapToDouble(Offer::perDollar).max().orElse(0);
    double least = policy.floorNow().amount() / Math.max(best, 1e-9);
    if (least > policy.budget().dollars() + 1e-9) {
      misfits.add(
          new Reason(
              "FloorAboveBudget",
              String.format(
                  "the floor of %s of utility costs at least %.4f USD/h, more than the budget of"
                      + " %s: lower the floor or raise the budget",
                  policy.floorNow(), least, policy.budget())));
    }
  }
}
