package dev.caretaker.fleet.policy;

import dev.caretaker.fleet.model.TypeView;
import java.util.List;

/** How much a type is worth, computed from what EC2 says about it. */
public sealed interface Formula {

  double of(TypeView type);

  /** Where the value can also be read from: what a formula may name. */
  enum Fact {
    VCPUS("vcpus"),
    MEMORY_GIB("memoryGiB"),
    STORAGE_GB("storageGB");

    private final String word;

    Fact(String word) {
      this.word = word;
    }

    /** As the spec writes it. */
    public String word() {
      return word;
    }
  }

  /** Two numbers become one. */
  enum Operator {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY
  }

  /** The smallest or the largest of several. */
  enum Choice {
    MIN,
    MAX
  }

  /** A number as it is written. */
  record Constant(double value) implements Formula {
    @Override
    public double of(TypeView type) {
      return value;
    }
  }

  /** A fact of the type. */
  record FactOf(Fact fact) implements Formula {
    @Override
    public double of(TypeView type) {
      return switch (fact) {
        case VCPUS -> type.vcpus();
        case MEMORY_GIB -> type.memoryGib();
        case STORAGE_GB -> type.storageGb();
      };
    }
  }

  /** A calculation; what is divided by nothing is worth nothing. */
  record Calculation(Operator operator, Formula left, Formula right) implements Formula {
    @Override
    public double of(TypeView type) {
      double a = left.of(type);
      double b = right.of(type);
      return switch (operator) {
        case PLUS -> a + b;
        case MINUS -> a - b;
        case TIMES -> a * b;
        case DIVIDED_BY -> b == 0 ? 0 : a / b;
      };
    }
  }

  /** The smallest or the largest. */
  record Chosen(Choice choice, List<Formula> among) implements Formula {
    public Chosen {
      among = List.copyOf(among);
    }

    @Override
    public double of(TypeView type) {
      var values = among.stream().mapToDouble(each -> each.of(type));
      return (choice == Choice.MIN ? values.min() : values.max()).orElse(0);
    }
  }
}
