package dev.caretaker.doctor;

import dev.caretaker.adapter.ec2.Ec2Checkup;
import dev.caretaker.adapter.ec2.Ec2Checkup.Wish;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.adapter.sqs.SqsCheckup;
import dev.caretaker.adapter.sqs.SqsSettings;
import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.operator.RealMarkets;
import dev.caretaker.pass.FleetReading;
import dev.caretaker.port.Checked;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks at what one SpotFleet needs of AWS, as the operator would; buys and changes nothing. */
public final class FleetExamination {
  private static final String FITS = "spec-fits";
  private static final String MARKET = "market";

  private final FleetCare care;
  private final Duration within;
  private final Clock clock;

  /** Asks nobody yet. */
  public FleetExamination(FleetCare care, Duration within, Clock clock) {
    this.care = care;
    this.within = within;
    this.clock = clock;
  }

  /** Asks everything, and says everything that came of it. */
  public List<Finding> run() {
    try (var sideBySide = new SideBySide(within);
        var ec2 = new Ec2Checkup(Ec2Settings.of(care.region()))) {
      var questions = new ArrayList<Callable<List<Checked>>>();
      questions.add(() -> ec2.look(wish()));
      questions.add(() -> market(ec2));
      care.queue().ifPresent(name -> questions.add(() -> queue(name)));
      var findings = new ArrayList<Finding>();
      var answers = sideBySide.ask(questions);
      for (int i = 0; i < answers.size(); i++) {
        findings.addAll(told(answers.get(i), i));
      }
      return findings;
    }
  }

  private List<Finding> told(Observed<List<Checked>> answer, int question) {
    if (answer instanceof Observed.Unknown<List<Checked>> late) {
      var about = question < 2 ? "EC2 in " + care.region() : care.queue().orElse("");
      return List.of(
          Finding.failed(
              question < 2 ? "ec2" : "queue",
              about,
              late.cause(),
              "see that it can be reached from here; --timeout gives it longer"));
    }
    return answer.ifKnown().orElseThrow().stream().map(Finding::of).toList();
  }

  private Wish wish() {
    var policy = care.policy();
    return new Wish(policy.id(), policy.template(), policy.subnets(), policy.worth().named());
  }

  private List<Checked> queue(String name) {
    try (var checkup = new SqsCheckup(SqsSettings.of(care.region(), name))) {
      return checkup.look();
    }
  }

  /** What the spec is worth on today's market, and whether the best of it would be sold. */
  private List<Checked> market(Ec2Checkup ec2) {
    FleetView view;
    try (var markets = new RealMarkets()) {
      view =
          new FleetReading(
                  markets.in(care.region()),
                  machines -> Observed.unknown("the operator hears of them"),
                  () -> Observed.unknown("pipelines are not asked"),
                  clock)
              .read(care.policy());
    }
    if (view.machines() instanceof Observed.Unknown<?> unknown) {
      return List.of(Checked.untold(MARKET, care.region(), "not read: " + unknown.cause()));
    }
    if (view.quotes() instanceof Observed.Unknown<?> unknown) {
      return List.of(Checked.untold(MARKET, care.region(), "not read: " + unknown.cause()));
    }
    var decision =
        new FleetDecider(FleetRules.standard())
            .decide(care.policy(), view, FleetProgress.NONE, List.of(), view.readAt());
    var findings = new ArrayList<Checked>();
    findings.add(fits(decision));
    var best = decision.summary().market().stream().findFirst();
    findings.add(offer(best));
    best.ifPresent(offer -> findings.addAll(ec2.buying(sample(offer, view))));
    return findings;
  }

  private static Checked fits(FleetDecision decision) {
    return decision.conditions().stream()
        .filter(each -> each.type().equals("SpecFits") && each.truth() == Condition.Truth.FALSE)
        .findFirst()
        .map(each -> Checked.wrong(FITS, "spec", each.reason().sentence(), "correct the spec"))
        .orElseGet(() -> Checked.well(FITS, "spec", "what it names is to be had"));
  }

  private Checked offer(Optional<Offer> best) {
    return best.map(
            each ->
                Checked.well(
                    MARKET,
                    care.region(),
                    "best: %s, %s of utility for at most %s USD/h"
                        .formatted(each.pool(), each.each(), each.ceiling())))
        .orElseGet(
            () ->
                Checked.wrong(
                    MARKET,
                    care.region(),
                    "no pool has a price, a subnet and a utility",
                    "look at spec.machines and spec.subnets"));
  }

  /** One machine as the fleet would buy it. */
  private Purchase sample(Offer offer, FleetView view) {
    return new Purchase(
        care.policy().id(),
        1,
        offer.pool(),
        offer.subnet(),
        1,
        offer.each(),
        offer.ceiling(),
        Optional.empty(),
        care.policy().template(),
        view.readAt());
  }
}
