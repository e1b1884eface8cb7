package dev.caretaker.operator;

import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.EtlPipelineSpec;
import dev.caretaker.api.EtlPipelineStatus;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.mapping.PipelineProgressCodec;
import dev.caretaker.mapping.PipelineStatusWriter;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.pass.PipelinePass;
import dev.caretaker.pass.PipelineStore;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.pipeline.PipelineProgress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One EtlPipeline during one pass. */
final class StoredEtlPipeline extends Stored<EtlPipelineSpec, EtlPipelineStatus, EtlPipeline>
    implements PipelineStore {
  private final SpecInForce<PipelineCare> spec;

  StoredEtlPipeline(KubernetesClient client, Clock clock, EtlPipeline fresh) {
    super(client, clock, EtlPipeline.class, EtlPipeline::new, fresh);
    this.spec = SpecInForce.of(fresh);
  }

  SpecInForce<PipelineCare> spec() {
    return spec;
  }

  PipelineProgress progress() {
    return PipelineProgressCodec.decode(status().progress());
  }

  /** What its fleet reads: how much it needs, and which machines it cannot use. */
  List<?> asks() {
    var demand = Optional.ofNullable(status().demand());
    var workers = Optional.ofNullable(status().workers());
    return List.of(
        "" + demand.map(EtlPipelineStatus.Demand::utility).orElse(null),
        "" + workers.map(EtlPipelineStatus.Workers::replace).orElse(null));
  }

  @Override
  List<String> problems() {
    return spec.problems();
  }

  @Override
  public void save(PipelineProgress progress) throws StaleWriter {
    write(writer -> writer.beforeActing(progress));
  }

  /** Writes the outcome of a pass, or nothing where that is what stands there. */
  void finish(PipelinePass.Outcome outcome) throws StaleWriter {
    write(writer -> writer.decided(outcome.view(), outcome.decision()));
  }

  @Override
  void refuse() throws StaleWriter {
    write(PipelineStatusWriter::refused);
  }

  @Override
  void leaveBehind(String sentence) throws StaleWriter {
    write(writer -> writer.leftBehind(sentence));
  }

  private void write(Function<PipelineStatusWriter, EtlPipelineStatus> change) throws StaleWriter {
    write(change.apply(new PipelineStatusWriter(status(), spec, generation(), now())));
  }

  private EtlPipelineStatus status() {
    return Optional.ofNullable(current().getStatus()).orElse(EtlPipelineStatus.EMPTY);
  }
}
