package dev.caretaker.elastic.rollout;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.script;

import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.Script;

/** Bounces of spot1 that have come to a certain stage, which is marked in the cluster. */
final class Stages {
  private Stages() {}

  /** As in a cluster where shard {@code hot[0]} must be sheltered first. */
  static Script at(Stage stage) {
    var script = script(aPolicy().restartedAt(NOW).select("spot1"), aCluster());
    if (stage == Stage.SHELTERING) {
      script.cluster.shard("hot", 0, "spot1", "spot2");
      return script.marks(stage);
    }
    if (stage == Stage.FREEZING) {
      return script.marks(stage);
    }
    script.marks(Stage.STOPPING);
    if (stage == Stage.STOPPING) {
      return script;
    }
    script.cluster.leaves("spot1", State.STOPPED);
    script.marks(Stage.STARTING);
    if (stage == Stage.STARTING) {
      return script;
    }
    script.cluster.node("spot1").back(script.now());
    script.marks(Stage.RECOVERING);
    if (stage == Stage.RECOVERING) {
      return script;
    }
    script.cluster.recovers();
    return script.marks(Stage.FINISHING);
  }

  /** Whether a node of the script is neither in the cluster nor on its way there. */
  static boolean everybodyIsIn(ACluster cluster) {
    return cluster.cluster().nodes().size() == 5;
  }
}
