package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.kernel.Condition;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.EsPolicyParser;
import dev.caretaker.mapping.EsStatusWriter;
import dev.caretaker.mapping.Planned;
import dev.caretaker.mapping.ProgressCodec;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.pass.ProgressStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One EsCluster during one pass. */
final class StoredEsCluster extends Stored<EsClusterSpec, EsClusterStatus, EsCluster>
    implements ProgressStore {
  private final SpecInForce<EsCare> spec;

  StoredEsCluster(KubernetesClient client, Clock clock, EsCluster fresh) {
    super(client, clock, EsCluster.class, EsCluster::new, fresh);
    this.spec = SpecInForce.of(fresh);
  }

  SpecInForce<EsCare> spec() {
    return spec;
  }

  String owner() {
    return EsPolicyParser.owner(current());
  }

  EsProgress progress() {
    return ProgressCodec.read(status());
  }

  @Override
  List<String> problems() {
    return spec.problems();
  }

  @Override
  public void save(EsProgress progress) throws StaleWriter {
    write(writer -> writer.beforeActing(progress));
  }

  /** Writes the outcome of a pass, or nothing where that is what stands there. */
  void finish(EsDecision decision, Optional<Planned> plan, Optional<Condition> heard)
      throws StaleWriter {
    write(writer -> writer.decided(decision, plan, heard));
  }

  /** The rollout that goes on, or the last one. */
  Optional<EsRolloutStatus> rollout() {
    return Optional.ofNullable(status().lastRollout());
  }

  @Override
  void refuse() throws StaleWriter {
    write(EsStatusWriter::refused);
  }

  @Override
  void leaveBehind(String sentence) throws StaleWriter {
    write(writer -> writer.leftBehind(sentence));
  }

  /** Writes which cluster this is, by which duplicates find each other before anybody acts. */
  void meet(String clusterUuid) throws StaleWriter {
    write(writer -> writer.met(clusterUuid));
  }

  private void write(Function<EsStatusWriter, EsClusterStatus> change) throws StaleWriter {
    write(change.apply(new EsStatusWriter(status(), spec, generation(), now())));
  }

  private EsClusterStatus status() {
    return Optional.ofNullable(current().getStatus()).orElse(EsClusterStatus.EMPTY);
  }
}
