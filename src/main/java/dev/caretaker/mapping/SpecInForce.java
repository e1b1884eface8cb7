package dev.caretaker.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.EtlPipelineSpec;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which spec counts: the one in the resource, or the last good one where that one has problems.
 *
 * @param care what counts; empty where no good spec was ever seen, so that nothing may be touched
 * @param problems of the spec in the resource
 * @param lastGood the spec that counts, as it is kept in the status
 */
public record SpecInForce<C>(Optional<C> care, List<String> problems, Optional<JsonNode> lastGood) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SpecInForce {
    problems = List.copyOf(problems);
  }

  private interface Reading<S, C> {
    Parsed<C> of(@Nullable S spec);
  }

  /**
   * How a kind of spec is read.
   *
   * @param fixed what cannot change between a good spec and the next
   * @param pause makes the care of a spec pause
   */
  private record Kind<S, C>(
      Class<S> type,
      Reading<S, C> parse,
      BiFunction<C, C, Optional<Problem>> fixed,
      UnaryOperator<C> pause) {}

  /** Reads the resource's spec and, where needed, what the status keeps. */
  public static SpecInForce<EsCare> of(EsCluster resource) {
    var owner = EsPolicyParser.owner(resource);
    var kind =
        new Kind<>(
            EsClusterSpec.class,
            spec -> EsPolicyParser.parse(owner, spec),
            SpecInForce::sameAttribute,
            EsCare::still);
    var spec = resource.getSpec();
    var status = resource.getStatus();
    boolean paused = spec != null && Boolean.TRUE.equals(spec.paused());
    return read(kind, spec, paused, status == null ? null : status.lastGoodSpec());
  }

  /** Reads the resource's spec and, where needed, what the status keeps. */
  public static SpecInForce<FleetCare> of(SpotFleet resource) {
    var id = FleetPolicyParser.id(resource);
    var kind =
        new Kind<>(
            SpotFleetSpec.class,
            spec -> FleetPolicyParser.parse(id, spec),
            SpecInForce::sameMachines,
            FleetCare::still);
    var spec = resource.getSpec();
    var status = resource.getStatus();
    boolean paused = spec != null && Boolean.TRUE.equals(spec.paused());
    return read(kind, spec, paused, status == null ? null : status.lastGoodSpec());
  }

  /** Reads the resource's spec and, where needed, what the status keeps. */
  public static SpecInForce<PipelineCare> of(EtlPipeline resource) {
    var id = PipelinePolicyParser.id(resource);
    var kind =
        new Kind<>(
            EtlPipelineSpec.class,
            spec -> PipelinePolicyParser.parse(id, spec),
            SpecInForce::sameQueue,
            PipelineCare::still);
    var spec = resource.getSpec();
    var status = resource.getStatus();
    boolean paused = spec != null && Boolean.TRUE.equals(spec.paused());
    return read(kind, spec, paused, status == null ? null : status.lastGoodSpec());
  }

  private static <S, C> SpecInForce<C> read(
      Kind<S, C> kind, @Nullable S spec, boolean paused, @Nullable JsonNode lastGood) {
    var parsed = kind.parse().of(spec);
    var kept = Optional.ofNullable(lastGood);
    var good = kept.flatMap(node -> reread(kind, node));
    var problems = new ArrayList<>(parsed.problems());
    good.flatMap(before -> parsed.value().flatMap(now -> kind.fixed().apply(before, now)))
        .ifPresent(problems::add);
    if (problems.isEmpty()) {
      return new SpecInForce<>(parsed.value(), List.of(), Optional.of(JSON.valueToTree(spec)));
    }
    return new SpecInForce<>(
        // A pause is obeyed even from a spec that is otherwise wrong.
        good.map(care -> paused ? kind.pause().apply(care) : care),
        problems.stream().map(Problem::text).toList(),
        good.isPresent() ? kept : Optional.empty());
  }

  private static <S, C> Optional<C> reread(Kind<S, C> kind, JsonNode kept) {
    try {
      return kind.parse().of(JSON.treeToValue(kept, kind.type())).value();
    } catch (JsonProcessingException odd) {
      return Optional.empty();
    }
  }

  /** Whether the spec in the resource is the one that counts. */
  public boolean valid() {
    return problems.isEmpty();
  }

  /** What was excluded under the old attribute would stay so, unseen. */
  private static Optional<Problem> sameAttribute(EsCare before, EsCare now) {
    var sentence = "delete this EsCluster, which puts back what is held, and create it anew";
    return same(
        "spec.zones.attribute",
        before.policy().zoneAttribute(),
        now.policy().zoneAttribute(),
        sentence);
  }

  /** The machines in the old region, or with the old cluster's data, would be seen by nobody. */
  private static Optional<Problem> sameMachines(FleetCare before, FleetCare now) {
    var path = "spec.workload";
    return same("spec.region", before.region(), now.region(), "create another SpotFleet there")
        .or(() -> same(path, workload(before), workload(now), "create another SpotFleet for that"));
  }

  private static String workload(FleetCare care) {
    return care.cluster().map(each -> each.name() + ", zone " + each.zone()).orElse("none");
  }

  /** What is left in the old queue, and the old programs, would be looked at by nobody. */
  private static Optional<Problem> sameQueue(PipelineCare before, PipelineCare now) {
    var instead = "create another EtlPipeline for that";
    var was = before.policy();
    var is = now.policy();
    var machines = before.machines().toString();
    return same("spec.queue", queue(before), queue(now), instead)
        .or(() -> same("spec.workers", machines, now.machines().toString(), instead))
        .or(() -> same("spec.process.program", was.program().name(), is.program().name(), instead));
  }

  private static String queue(PipelineCare care) {
    return care.policy().queue().name() + " in " + care.region();
  }

  private static Optional<Problem> same(String path, String before, String now, String instead) {
    return before.equals(now)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                path, Problem.Rule.FIXED, "was " + before + " and cannot change: " + instead));
  }
}
