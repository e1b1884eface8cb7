package dev.caretaker.mapping;

import dev.caretaker.fleet.policy.Formula;
import dev.caretaker.fleet.policy.Formula.Calculation;
import dev.caretaker.fleet.policy.Formula.Choice;
import dev.caretaker.fleet.policy.Formula.Chosen;
import dev.caretaker.fleet.policy.Formula.Constant;
import dev.caretaker.fleet.policy.Formula.Fact;
import dev.caretaker.fleet.policy.Formula.FactOf;
import dev.caretaker.fleet.policy.Formula.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a rule of {@code spec.machines}. Its shape is checked before: sums of products, or one
 * {@code min} or {@code max} of such. So it has no parentheses to nest, the schema can check it by
 * one expression, and no expression engine runs what a person wrote.
 */
final class FormulaParser {
  private static final Pattern CHOICE = Pattern.compile("(min|max)\\((.*)\\)");
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "+", Operator.PLUS, "-", Operator.MINUS, "*", Operator.TIMES, "/", Operator.DIVIDED_BY);

  private FormulaParser() {}

  /** Reads a text that has the shape of a rule. */
  static Formula parse(String rule) {
    var text = rule.replace(" ", "");
    var choice = CHOICE.matcher(text);
    if (!choice.matches()) {
      return sum(text);
    }
    var among = Arrays.stream(choice.group(2).split(",", -1)).map(FormulaParser::sum).toList();
    return new Chosen(Choice.valueOf(choice.group(1).toUpperCase(Locale.ROOT)), among);
  }

  private static Formula sum(String text) {
    var terms = new ArrayList<Formula>();
    for (var term : parts(text, "+-")) {
      terms.add(product(term));
    }
    return joined(terms, operators(text, "+-"));
  }

  private static Formula product(String text) {
    var factors = parts(text, "*/").stream().map(FormulaParser::factor).toList();
    return joined(factors, operators(text, "*/"));
  }

  private static Formula factor(String text) {
    for (var fact : Fact.values()) {
      if (fact.word().equals(text)) {
        return new FactOf(fact);
      }
    }
    return new Constant(Double.parseDouble(text));
  }

  /** From the left: 8 / 2 / 2 is 2. */
  private static Formula joined(List<Formula> parts, List<Operator> operators) {
    var result = parts.get(0);
    for (int i = 0; i < operators.size(); i++) {
      result = new Calculation(operators.get(i), result, parts.get(i + 1));
    }
    return result;
  }

  private static List<String> parts(String text, String operators) {
    return Arrays.asList(text.split("[" + Pattern.quote(operators) + "]", -1));
  }

  private static List<Operator> operators(String text, String wanted) {
    return text.chars()
        .mapToObj(Character::toString)
        .filter(wanted::contains)
        .map(each -> OPERATORS.getOrDefault(each, Operator.PLUS))
        .toList();
  }
}
