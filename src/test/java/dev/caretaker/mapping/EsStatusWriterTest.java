package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.EsSummary;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Verdict;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EsStatusWriterTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String GOOD = "connection: {endpoints: ['http://127.0.0.1:9200']}";
  private static final String BAD = "connection: {endpoints: []}";

  @Test
  void shouldSayTheSameWhileNothingChanges() throws JsonProcessingException {
    var first = write(EsClusterStatus.EMPTY, GOOD, NOON, ready(true));

    var later = write(reread(first), GOOD, NOON.plusSeconds(3600), ready(true));

    assertThat(Statuses.same(reread(first), later)).isTrue();
    assertThat(first.observedGeneration()).isEqualTo(7);
    assertThat(first.nodesInCluster()).isEqualTo("1/2");
  }

  @Test
  void shouldMoveATransitionTimeOnlyWithItsStatus() {
    var first = write(EsClusterStatus.EMPTY, GOOD, NOON, ready(true));
    var later = NOON.plusSeconds(60);

    var second = write(first, GOOD, later, ready(false));

    assertThat(condition(second, "Ready").lastTransitionTime()).isEqualTo(later.toString());
    assertThat(condition(second, "SpecValid").lastTransitionTime()).isEqualTo(NOON.toString());
  }

  @Test
  void shouldKeepTheLastGoodSpecInForce() {
    var good = write(EsClusterStatus.EMPTY, GOOD, NOON, ready(true));
    var resource = resource("paused: true\n" + BAD, good);

    var spec = SpecInForce.of(resource);
    var status =
        new EsStatusWriter(good, spec, 8, NOON)
            .decided(ready(true), Optional.empty(), Optional.empty());

    assertThat(spec.care().orElseThrow().access().endpoints()).hasSize(1);
    assertThat(spec.care().orElseThrow().policy().paused()).isTrue();
    assertThat(status.lastGoodSpec()).isEqualTo(good.lastGoodSpec());
    assertThat(condition(status, "SpecValid").status()).isEqualTo("False");
    assertThat(condition(status, "SpecValid").message())
        .contains("spec.connection.endpoints: has 0 entries, not 1 to 20")
        .contains("last good spec");
    assertThat(condition(status, "Paused").status()).isEqualTo("True");
  }

  @Test
  void shouldTouchNothingWithoutAGoodSpec() {
    var spec = SpecInForce.of(resource(BAD, EsClusterStatus.EMPTY));

    var status = new EsStatusWriter(EsClusterStatus.EMPTY, spec, 1, NOON).refused();

    assertThat(spec.care()).isEmpty();
    assertThat(status.lastGoodSpec()).isNull();
    assertThat(condition(status, "Ready").status()).isEqualTo("False");
    assertThat(condition(status, "Stalled").status()).isEqualTo("True");
  }

  @Test
  void shouldShowAtFirstSightThatThereIsMoreToCome() {
    var spec = SpecInForce.of(resource(GOOD, EsClusterStatus.EMPTY));

    var status =
        new EsStatusWriter(EsClusterStatus.EMPTY, spec, 1, NOON).beforeActing(EsProgress.NONE);

    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(condition(status, "Reconciling").status()).isEqualTo("True");
  }

  @Test
  void shouldStayWithinTheBoundsOfTheSchema() {
    var nodes =
        IntStream.range(0, 300)
            .mapToObj(i -> new EsSummary.NodeLine("n" + i, "z", "InCluster", 0, ""))
            .toList();
    var summary =
        new EsSummary(
            "e".repeat(500),
            "green",
            "True",
            nodes,
            new TreeMap<>(),
            List.of("h".repeat(500)),
            "o".repeat(5000),
            List.of(),
            "",
            "uuid");
    var decision = decision(summary, List.of(Condition.no("Ready", "R", "s".repeat(9000))));

    var status = write(EsClusterStatus.EMPTY, GOOD, NOON, decision);

    assertThat(status.nodes()).hasSize(200);
    assertThat(status.nodesInCluster()).isEqualTo("300/300");
    assertThat(status.engine()).hasSize(100).endsWith("...");
    assertThat(status.operation()).hasSize(1000);
    assertThat(condition(status, "Ready").message()).hasSize(4000);
  }

  @Test
  void shouldReadAStatusThatSomebodySpoilt() throws JsonProcessingException {
    var odd = "{\"observedGeneration\": \"x\", \"conditions\": [{\"type\": {}}, 7], \"nodes\": 1}";

    var status = new ObjectMapper().readValue(odd, EsClusterStatus.class);

    assertThat(status.observedGeneration()).isNull();
    assertThat(status.conditions()).isEmpty();
  }

  private static EsClusterStatus write(
      EsClusterStatus previous, String spec, Instant now, EsDecision decision) {
    var inForce = SpecInForce.of(resource(spec, previous));
    return new EsStatusWriter(previous, inForce, 7, now)
        .decided(decision, Optional.empty(), Optional.empty());
  }

  private static EsCluster resource(String spec, EsClusterStatus status) {
    var resource = new EsCluster();
    resource.getMetadata().setNamespace("data");
    resource.getMetadata().setName("main");
    resource.setSpec(Serialization.unmarshal(spec, EsClusterSpec.class));
    resource.setStatus(status);
    return resource;
  }

  private static EsDecision ready(boolean ready) {
    var condition =
        ready ? Condition.yes("Ready", "Green", "Fine.") : Condition.no("Ready", "Red", "Not.");
    var nodes =
        List.of(
            new EsSummary.NodeLine("spot1", "spot", "InCluster", 5, "2026-11-21T00:00:00Z"),
            new EsSummary.NodeLine("spot2", "spot", "Missing", 0, ""));
    var summary =
        new EsSummary(
            "elasticsearch 8.19.21",
            "green",
            "True",
            nodes,
            new TreeMap<>(Map.of("started", 5)),
            List.of("Quiet"),
            "",
            List.of(),
            "opens at 2026-11-22T01:00:00Z",
            "uuid");
    return decision(summary, List.of(condition));
  }

  private static EsDecision decision(EsSummary summary, List<Condition> conditions) {
    var verdict = Verdict.settled(new Reason("Settled", "Fine."), Duration.ofSeconds(30));
    return new EsDecision(
        EsProgress.NONE,
        verdict,
        List.of(),
        conditions,
        summary,
        Set.of(),
        Observed.unknown("no fleet"),
        true);
  }

  private static StatusCondition condition(EsClusterStatus status, String type) {
    return SpecReading.orEmpty(status.conditions()).stream()
        .filter(each -> type.equals(each.type()))
        .findFirst()
        .orElseThrow();
  }

  private static EsClusterStatus reread(EsClusterStatus status) throws JsonProcessingException {
    var json = new ObjectMapper();
    return json.readValue(json.writeValueAsString(status), EsClusterStatus.class);
  }
}
