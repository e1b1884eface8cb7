package dev.caretaker.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.fleet.model.Pool;

/** A fleet's plan for programs; money and utility as strings, as in a spec. */
final class FleetPlanJson {
  private FleetPlanJson() {}

  static ObjectNode of(FleetPlan plan) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("fleet", plan.fleet())
            .put("outcome", plan.outcome().toString())
            .put("reason", plan.verdict().reason().code())
            .put("sentence", plan.headline())
            .put("budgetUsdPerHour", plan.budget().toString())
            .put("wantedUtility", plan.wanted().toString());
    sum(json.putObject("now"), plan.now());
    sum(json.putObject("then"), plan.then());
    var buys = json.putArray("buy");
    plan.buys().forEach(each -> buy(buys.addObject(), each));
    var leaves = json.putArray("giveBack");
    plan.leaves().forEach(each -> leave(leaves.addObject(), each));
    PlanJson.refusals(json.putArray("refusedBy"), plan.refusals());
    var concerns = json.putArray("conditions");
    for (var each : plan.concerns()) {
      concerns
          .addObject()
          .put("type", each.type())
          .put("reason", each.reason().code())
          .put("message", each.reason().sentence());
    }
    plan.basis().forEach(json.putArray("basis")::add);
    return json;
  }

  private static void sum(ObjectNode json, FleetPlan.Sum sum) {
    json.put("machines", sum.machines())
        .put("utility", sum.utility().toString())
        .put("usdPerHour", sum.spend().toString());
  }

  private static void buy(ObjectNode json, FleetPlan.Buy buy) {
    var purchase = buy.purchase();
    pool(json.put("machines", purchase.count()), purchase.pool())
        .put("subnet", purchase.subnet())
        .put("utilityEach", purchase.each().toString())
        .put("mostUsdPerHourEach", purchase.ceiling().toString())
        .put("because", buy.because().sentence());
  }

  private static void leave(ObjectNode json, FleetPlan.Leave leave) {
    var member = leave.member();
    pool(json.put("machine", member.id().value()), member.pool())
        .put("utility", member.utility().toString())
        .put("usdPerHour", member.today().toString())
        .put("how", leave.atOnce() ? "TerminateInstances" : "ReleaseRequest")
        .put("because", leave.because().sentence());
  }

  private static ObjectNode pool(ObjectNode json, Pool pool) {
    return json.put("type", pool.type().value()).put("zone", pool.zone().value());
  }
}
