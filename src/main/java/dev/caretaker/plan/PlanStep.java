package dev.caretaker.plan;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One set of nodes that is bounced, or one drain.
 *
 * @param nodes by name
 * @param zones where they are
 * @param moves copies that are moved, in their order
 * @param raised indices that get a replica more for the time
 * @param built bytes of the copies that those replicas add
 * @param leaves copies that leave the nodes by themselves, in a drain
 * @param holds what the cluster must not do meanwhile, as in the status
 * @param frozen how long replicas may not be assigned
 * @param takes from the end of the step before until this one has recovered
 */
public record PlanStep(
    Kind kind,
    List<String> nodes,
    List<String> zones,
    List<Move> moves,
    List<Raise> raised,
    Bytes built,
    int leaves,
    List<String> holds,
    Duration frozen,
    Duration takes) {
  public PlanStep {
    nodes = List.copyOf(nodes);
    zones = List.copyOf(zones);
    moves = List.copyOf(moves);
    raised = List.copyOf(raised);
    holds = List.copyOf(holds);
  }

  /** What a step is about. */
  public enum Kind {
    BOUNCE,
    DRAIN
  }

  /** A copy that goes from one node to another. */
  public record Move(String shard, String from, String to, Bytes bytes) {}

  /** An index whose replica count is one higher for the time. */
  public record Raise(String index, int from, int to) {}

  /** What a person approves of it. */
  PlanCover.Step covered() {
    var covers =
        switch (kind) {
          case BOUNCE -> PlanCover.Kind.BOUNCE;
          case DRAIN -> PlanCover.Kind.DRAIN;
        };
    var raises = raised.stream().map(Raise::index).collect(Collectors.toCollection(TreeSet::new));
    var names = nodes.stream().map(NodeName::new).toList();
    return new PlanCover.Step(covers, names, !moves.isEmpty(), raises);
  }

  /** Bytes that go over the network. */
  public Bytes bytes() {
    return moves.stream().map(Move::bytes).reduce(built, Bytes::plus);
  }
}
