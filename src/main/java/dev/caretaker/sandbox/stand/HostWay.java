package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.Supervision;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Who runs the nodes of a sandbox, and how the operator reaches them. */
sealed interface HostWay extends Supervision permits KeeperWay, SshWay {

  /** Opens the way, when the nodes run. */
  void open(EngineCluster cluster) throws IOException, InterruptedException;

  /** The cluster, where nodes can be added while it runs; empty where all must be known before. */
  Optional<EngineCluster> comingAndGoing(EngineCluster cluster);

  /** What the EsCluster's spec.hosts has to say of the way and of the nodes. */
  void describe(ObjectNode hosts, List<EngineNode> nodes) throws IOException;

  /** The Secret that it names, where it names one. */
  Optional<Secret> secret() throws IOException;
}
