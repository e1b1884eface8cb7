package dev.caretaker.command;

import dev.caretaker.api.EtlPipeline;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.Parsed;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.mapping.PipelinePolicyParser;
import dev.caretaker.mapping.PipelineProgressCodec;
import dev.caretaker.mapping.Problem;
import dev.caretaker.operator.Causes;
import dev.caretaker.operator.PipelineSight;
import dev.caretaker.operator.RealPipelines;
import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.plan.PipelineForecast;
import dev.caretaker.plan.PipelinePlan;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Optional;

/** One look at what a pipeline is made of, and the plan that follows; nothing is written. */
final class PipelineLook {
  /** A UID that no resource has: what carries it is nobody's. */
  private static final String NOBODY = "not-created";

  private final ClusterReading where;

  PipelineLook(ClusterReading where) {
    this.where = where;
  }

  /** {@code namespace/name}. */
  String name(EtlPipeline resource) {
    return where.namespaceOf(resource) + "/" + resource.getMetadata().getName();
  }

  /** What the file asks for, or everything that is wrong with it. */
  Parsed<PipelineCare> parsed(EtlPipeline resource, String uid) {
    var name = resource.getMetadata().getName();
    var id = new PipelineId(where.namespaceOf(resource), name, uid);
    return PipelinePolicyParser.parse(id, resource.getSpec());
  }

  private PipelineCare care(EtlPipeline resource, String uid) throws IOException {
    var parsed = parsed(resource, uid);
    if (parsed.value().isEmpty()) {
      var problems = parsed.problems().stream().map(Problem::text).toList();
      throw new IOException(
          "EtlPipeline " + name(resource) + ":\n  " + String.join("\n  ", problems));
    }
    return parsed.value().get();
  }

  /**
   * Plans on what is there now.
   *
   * @throws IOException where the queue cannot be read, or the API server that was named
   */
  PipelinePlan plan(EtlPipeline resource) throws IOException {
    try (var ways = new RealPipelines()) {
      var sight = new PipelineSight(ways);
      if (!where.namesAnApiServer()) {
        var care = care(resource, NOBODY);
        return plan(resource, care, sight.look(care, PipelineProgress.NONE), PipelineProgress.NONE);
      }
      try (var client = where.client()) {
        var stored = stored(client, resource);
        var uid = stored.map(each -> each.getMetadata().getUid()).orElse(NOBODY);
        var progress =
            stored
                .flatMap(each -> Optional.ofNullable(each.getStatus()))
                .map(status -> PipelineProgressCodec.decode(status.progress()))
                .orElse(PipelineProgress.NONE);
        var care = care(resource, uid);
        var name = resource.getMetadata().getName();
        var seen = sight.look(client, where.namespaceOf(resource), name, care, progress);
        return plan(resource, care, seen, progress);
      } catch (KubernetesClientException e) {
        throw new IOException("the API server cannot be asked: " + Causes.of(e), e);
      }
    }
  }

  private Optional<EtlPipeline> stored(KubernetesClient client, EtlPipeline resource) {
    return Optional.ofNullable(
        client
            .resources(EtlPipeline.class)
            .inNamespace(where.namespaceOf(resource))
            .withName(resource.getMetadata().getName())
            .get());
  }

  private PipelinePlan plan(
      EtlPipeline resource, PipelineCare care, PipelineSight.Seen seen, PipelineProgress progress)
      throws IOException {
    if (seen.view().queue() instanceof Observed.Unknown<?> unknown) {
      throw new IOException(
          "EtlPipeline " + name(resource) + ": the queue cannot be read: " + unknown.cause());
    }
    return new PipelineForecast(new PipelineDecider(PipelineRules.standard()))
        .plan(name(resource) + " in " + care.region(), seen.policy(), seen.view(), progress);
  }
}
