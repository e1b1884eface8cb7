package dev.caretaker.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.elastic.policy.EsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which spec counts: the one in the resource, or the last good one where that one has problems.
 *
 * @param care what counts; empty where no good spec was ever seen, so that nothing may be touched
 * @param problems of the spec in the resource
 * @param lastGood the spec that counts, as it is kept in the status
 */
public record SpecInForce(
    Optional<EsCare> care, List<String> problems, Optional<JsonNode> lastGood) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SpecInForce {
    problems = List.copyOf(problems);
  }

  /** Reads the resource's spec and, where needed, what the status keeps. */
  public static SpecInForce of(EsCluster resource) {
    var owner = EsPolicyParser.owner(resource);
    var spec = resource.getSpec();
    var parsed = EsPolicyParser.parse(owner, spec);
    var kept = kept(resource);
    var good = kept.flatMap(node -> parse(owner, node));
    var problems = new ArrayList<>(parsed.problems());
    good.flatMap(before -> parsed.value().flatMap(now -> fixed(before, now)))
        .ifPresent(problems::add);
    if (problems.isEmpty()) {
      return new SpecInForce(parsed.value(), List.of(), Optional.of(JSON.valueToTree(spec)));
    }
    var paused = spec != null && Boolean.TRUE.equals(spec.paused());
    return new SpecInForce(
        good.map(care -> paused ? paused(care) : care),
        problems.stream().map(Problem::text).toList(),
        good.isPresent() ? kept : Optional.empty());
  }

  /** Whether the spec in the resource is the one that counts. */
  public boolean valid() {
    return problems.isEmpty();
  }

  /** What was excluded under the old attribute would stay so, unseen. */
  private static Optional<Problem> fixed(EsCare before, EsCare now) {
    var attribute = before.policy().zoneAttribute();
    return attribute.equals(now.policy().zoneAttribute())
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "spec.zones.attribute",
                Problem.Rule.FIXED,
                "was "
                    + attribute
                    + " and cannot change: delete this EsCluster, which puts back what is held,"
                    + " and create it anew"));
  }

  private static Optional<JsonNode> kept(EsCluster resource) {
    var status = resource.getStatus();
    return status == null ? Optional.empty() : Optional.ofNullable(status.lastGoodSpec());
  }

  private static Optional<EsCare> parse(String owner, JsonNode kept) {
    @Nullable EsClusterSpec spec;
    try {
      spec = JSON.treeToValue(kept, EsClusterSpec.class);
    } catch (JsonProcessingException odd) {
      return Optional.empty();
    }
    return EsPolicyParser.parse(owner, spec).value();
  }

  /** A pause is obeyed even from a spec that is otherwise wrong. */
  private static EsCare paused(EsCare care) {
    var policy = care.policy();
    var still =
        new EsPolicy(
            policy.owner(),
            policy.adopt(),
            policy.zoneAttribute(),
            policy.zones(),
            policy.hosts(),
            policy.rollout(),
            policy.allocation(),
            true,
            policy.deleting(),
            policy.readyWhen());
    return new EsCare(still, care.access());
  }
}
