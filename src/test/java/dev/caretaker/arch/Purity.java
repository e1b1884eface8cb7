package dev.caretaker.arch;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;

/** What ArchUnit cannot say by itself. */
final class Purity {
  private static final Set<String> WORLDLY =
      Set.of(
          "java.time.Clock",
          "java.lang.System",
          "java.lang.Thread",
          "java.lang.Runtime",
          "java.lang.ProcessBuilder",
          "java.lang.ProcessHandle",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.UUID");

  private Purity() {}

  /** Calls that answer differently each time. */
  static ArchCondition<JavaClass> readTheClockOrAskForChance() {
    return call(
        "read the clock or ask for chance",
        call -> {
          var owner = call.getTargetOwner().getFullName();
          var name = call.getTarget().getName();
          boolean now =
              owner.startsWith("java.time.")
                  && name.equals("now")
                  && call.getTarget().getRawParameterTypes().isEmpty();
          boolean chance =
              owner.startsWith("java.util.random.")
                  || (owner.equals("java.lang.Math") && name.equals("random"))
                  || (owner.equals("java.util.Collections") && name.equals("shuffle"));
          return now || chance || WORLDLY.contains(owner);
        });
  }

  /** Calls that hold a thread. */
  static ArchCondition<JavaClass> sleepOrJoin() {
    return call(
        "sleep or join",
        call -> {
          var owner = call.getTargetOwner().getFullName();
          var name = call.getTarget().getName();
          return switch (owner) {
            case "java.lang.Thread" -> name.equals("sleep") || name.equals("join");
            case "java.util.concurrent.TimeUnit" -> name.equals("sleep");
            case "java.util.concurrent.CompletableFuture" -> name.equals("join");
            default -> false;
          };
        });
  }

  private static ArchCondition<JavaClass> call(String words, Predicate<JavaCodeUnitAccess<?>> bad) {
    return new ArchCondition<>(words) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getCodeUnitAccessesFromSelf().stream()
            .filter(bad)
            .forEach(
                call -> events.add(SimpleConditionEvent.satisfied(item, call.getDescription())));
      }
    };
  }

  /** Records, enums and sealed interfaces. */
  static ArchCondition<JavaClass> beValues() {
    return new ArchCondition<>("be records, enums or sealed interfaces") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean value =
            item.isRecord() || item.isEnum() || (item.isInterface() && item.reflect().isSealed());
        events.add(new SimpleConditionEvent(item, value, item.getFullName() + " is no value"));
      }
    };
  }
}
