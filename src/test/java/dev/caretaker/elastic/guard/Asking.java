package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** May these nodes be stopped now? */
final class Asking {
  private Asking() {}

  static Optional<Refusal> ask(Guard guard, APolicy policy, ACluster cluster, String... set) {
    var now = Script.NOW;
    return guard.refuses(
        new StopQuestion(
            policy.build(), cluster.view(now), cluster.cluster(), members(cluster, set), now));
  }

  static List<Mark.Member> members(ACluster cluster, String... set) {
    var members = new ArrayList<Mark.Member>();
    for (var name : set) {
      var seen = cluster.cluster().node(new NodeName(name));
      members.add(
          new Mark.Member(
              new NodeName(name),
              seen.map(node -> node.id()).orElse(new NodeId(ANode.id(name).value())),
              seen.map(node -> node.ephemeralId()).orElse("gone")));
    }
    return members;
  }

  static String sentence(Optional<Refusal> refusal) {
    return refusal.map(Refusal::sentence).orElse("nothing");
  }

  static List<String> subjects(Optional<Refusal> refusal) {
    return refusal.map(Refusal::subjects).orElse(List.of());
  }
}
