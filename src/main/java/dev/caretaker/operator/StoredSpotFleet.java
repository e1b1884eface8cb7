package dev.caretaker.operator;

import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetSpec;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.kernel.Condition;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.FleetProgressCodec;
import dev.caretaker.mapping.FleetStatusWriter;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.FleetStore;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One SpotFleet during one pass. */
final class StoredSpotFleet extends Stored<SpotFleetSpec, SpotFleetStatus, SpotFleet>
    implements FleetStore {
  private final SpecInForce<FleetCare> spec;

  StoredSpotFleet(KubernetesClient client, Clock clock, SpotFleet fresh) {
    super(client, clock, SpotFleet.class, SpotFleet::new, fresh);
    this.spec = SpecInForce.of(fresh);
  }

  SpecInForce<FleetCare> spec() {
    return spec;
  }

  FleetProgress progress() {
    return FleetProgressCodec.decode(status().progress());
  }

  /** What its cluster reads: the machines with their notices, and which are asked for. */
  List<?> asks() {
    var machines = Optional.ofNullable(status().machines()).orElse(List.of());
    return List.of(
        machines.stream().map(each -> List.of("" + each.id(), "" + each.leavesAt())).toList(),
        Optional.ofNullable(status().releaseRequests()).orElse(List.of()));
  }

  /** What its pipelines read: who works where, what is on its way, and why there is no more. */
  List<?> gives() {
    var machines = Optional.ofNullable(status().machines()).orElse(List.of());
    var utility = Optional.ofNullable(status().utility());
    return List.of(
        machines.stream()
            .map(each -> List.of("" + each.id(), "" + each.state(), "" + each.pipeline()))
            .toList(),
        "" + utility.map(SpotFleetStatus.Utility::pending).orElse(null));
  }

  @Override
  List<String> problems() {
    return spec.problems();
  }

  @Override
  public void save(FleetProgress progress) throws StaleWriter {
    write(writer -> writer.beforeActing(progress));
  }

  /**
   * Writes the outcome of a pass, or nothing where that is what stands there.
   *
   * @param heard whether notices are heard; empty where the spec names no queue
   * @param shared which EtlPipeline works on which machine
   */
  void finish(FleetPass.Outcome outcome, Optional<Condition> heard, Map<InstanceId, String> shared)
      throws StaleWriter {
    write(writer -> writer.decided(outcome.view(), outcome.decision(), heard, shared));
  }

  @Override
  void refuse() throws StaleWriter {
    write(FleetStatusWriter::refused);
  }

  @Override
  void leaveBehind(String sentence) throws StaleWriter {
    write(writer -> writer.leftBehind(sentence));
  }

  private void write(Function<FleetStatusWriter, SpotFleetStatus> change) throws StaleWriter {
    write(change.apply(new FleetStatusWriter(status(), spec, generation(), now())));
  }

  SpotFleetStatus status() {
    return Optional.ofNullable(current().getStatus()).orElse(SpotFleetStatus.EMPTY);
  }
}
