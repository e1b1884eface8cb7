package dev.caretaker.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came of trying every rule of the schema on the server. A rule is covered where a case's
 * wrong spec was refused because of it, by field and sentence of the answer, and the same case's
 * right spec was accepted.
 *
 * @param rules how many there are
 * @param accepted how many different specs the server took
 * @param refused how many it did not take
 * @param surprises the cases that did not come out as they say
 */
public record RuleTrial(
    int rules, int accepted, int refused, List<SchemaRule> uncovered, List<String> surprises) {

  public RuleTrial {
    uncovered = List.copyOf(uncovered);
    surprises = List.copyOf(surprises);
  }

  /** Tries the cases of the file, and those that follow from the limits in the schema. */
  public static RuleTrial run(SpecServer server, JsonNode schema, RuleCases known) {
    var rules = SchemaRule.of("spec", schema);
    var cases = new ArrayList<>(known.cases());
    rules.forEach(rule -> beyond(rule, known).ifPresent(cases::add));
    var run = new Run(server, rules);
    cases.forEach(run::attempt);
    var uncovered = rules.stream().filter(rule -> !run.covered.contains(rule)).toList();
    return new RuleTrial(
        rules.size(), run.accepted.size(), run.refused.size(), uncovered, run.surprises);
  }

  private static Optional<RuleCase> beyond(SchemaRule rule, RuleCases known) {
    return known.full().values().stream()
        .filter(full -> !full.tree().at(rule.pointer()).isMissingNode())
        .findFirst()
        .flatMap(full -> RuleCase.beyond(rule, full));
  }

  private static final class Run {
    private final SpecServer server;
    private final List<SchemaRule> rules;
    private final Set<SpecTree> accepted = new HashSet<>();
    private final Set<SpecTree> refused = new HashSet<>();
    private final Set<SchemaRule> covered = new LinkedHashSet<>();
    private final List<String> surprises = new ArrayList<>();

    Run(SpecServer server, List<SchemaRule> rules) {
      this.server = server;
      this.rules = rules;
    }

    void attempt(RuleCase each) {
      if (!accepts(each)) {
        return;
      }
      var refusal = ask(each, each.wrong());
      if (refusal.isEmpty()) {
        surprises.add("accepted, against \"" + each.sentence() + "\": " + each.wrong().tree());
        return;
      }
      refused.add(each.wrong());
      if (!refusal.get().says(each.sentence())) {
        surprises.add("not \"" + each.sentence() + "\": " + refusal.get().message());
      }
      rules.stream()
          .filter(rule -> refusal.get().causes().stream().anyMatch(rule::explains))
          .forEach(covered::add);
    }

    /** Most cases have the same right one, which need not be asked again. */
    private boolean accepts(RuleCase each) {
      if (each.stored().isEmpty() && accepted.contains(each.right())) {
        return true;
      }
      var refusal = ask(each, each.right());
      refusal.ifPresent(why -> surprises.add("refused: " + why.message()));
      if (refusal.isEmpty()) {
        accepted.add(each.right());
      }
      return refusal.isEmpty();
    }

    private Optional<Refusal> ask(RuleCase each, SpecTree spec) {
      return each.stored()
          .map(before -> server.refusal(before, spec))
          .orElseGet(() -> server.refusal(spec));
    }
  }
}
