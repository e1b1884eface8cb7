package dev.caretaker.sandbox.scenario;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.audit.Reactions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notices of the storm: ours, of which the time counts, and another team's. */
final class StormNotices {
  private static final String REGION = "us-east-1";

  private final Stage stage;
  private final List<InstanceId> others = new ArrayList<>();
  private final List<InstanceId> nodes = new ArrayList<>();

  StormNotices(Stage stage) {
    this.stage = stage;
  }

  /** Puts notices of machines into the queue that another team has in this account. */
  void sendOthers(List<InstanceId> machines) throws IOException, InterruptedException {
    for (var machine : machines) {
      stage.stand().cloud().queue().warn(REGION, machine.value());
      others.add(machine);
    }
    stage.say().accept("another team's notices of " + others + " are in the queue");
  }

  /**
   * Interrupts machines with two minutes' notice.
   *
   * @param node of which the operator has to do something in the cluster
   */
  void interrupt(List<InstanceId> machines, InstanceId node) {
    machines.forEach(stage.stand().cloud()::warnAndTake);
    nodes.add(node);
  }

  /** The other team's messages that are not in the queue any more. */
  List<InstanceId> stolen() throws IOException, InterruptedException {
    var left = stage.stand().cloud().queue().left(others.size());
    return others.stream()
        .filter(id -> left.stream().noneMatch(body -> body.contains(id.value())))
        .toList();
  }

  /** The slowest reaction, which is the 99th percentile of so few; empty where one never came. */
  Optional<Duration> slowest() {
    var warned = stage.stand().cloud().machines().warned();
    var slowest = Optional.of(Duration.ZERO);
    for (var node : nodes) {
      var delivered = Optional.ofNullable(warned.get(node));
      var took =
          delivered.flatMap(at -> Reactions.after(at, node, stage.stand().journal().effects()));
      slowest = slowest.flatMap(so -> took.map(each -> each.compareTo(so) > 0 ? each : so));
    }
    return nodes.isEmpty() ? Optional.empty() : slowest;
  }
}
