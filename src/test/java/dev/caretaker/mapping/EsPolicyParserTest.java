package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.EsPolicy.Conflicts;
import dev.caretaker.elastic.policy.EsPolicy.ReadyWhen;
import dev.caretaker.elastic.policy.RolloutPolicy.Acceptance;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EsPolicyParserTest {
  private static final String OWNER = "data/main/uid-1";
  private static final String FULL =
      """
      connection:
        endpoints: ["https://coordinator:9200", "http://127.0.0.1:9201"]
        credentialsSecret: {name: es}
        caSecret: {name: es-ca}
        adopt: data/old/uid-0
        probe: {index: unittest, timeout: 500ms}
      zones:
        attribute: rack
        list:
          - {name: backup, risk: Reliable, copies: 1}
          - {name: spot, risk: Risky, copies: 2}
      hosts:
        access: {local: {keeper: "http://127.0.0.1:9800"}}
        list: [{node: backup1, zone: backup}, {node: spot1}]
      rollout:
        restartedAt: "2026-11-20T13:00:00+01:00"
        select: {zones: [spot], nodes: [spot1]}
        shelter: Preferred
        accept:
          - structural: ZeroReplicas
            indices: ["scratch*"]
            reason: can be rebuilt
            until: "2026-12-31T00:00:00Z"
        maxUnavailable: {perZone: 2}
      allocation:
        {enable: primaries, excludeNodes: [gone], excludeZones: [spot], conflicts: TakeOver}
      paused: true
      readyWhen: Green
      somethingNew: {of: tomorrow}
      """;

  @Test
  void shouldReadEveryField() {
    var care = parse(FULL).value().orElseThrow();

    var policy = care.policy();
    assertThat(policy.owner()).isEqualTo(OWNER);
    assertThat(policy.adopt()).contains("data/old/uid-0");
    assertThat(policy.zoneAttribute()).isEqualTo("rack");
    assertThat(policy.reliable(new ZoneName("backup"))).isTrue();
    assertThat(policy.hosts())
        .containsEntry(new NodeName("backup1"), Optional.of(new ZoneName("backup")))
        .containsEntry(new NodeName("spot1"), Optional.empty());
    assertThat(policy.rollout().restartedAt()).contains(Instant.parse("2026-11-20T12:00:00Z"));
    assertThat(policy.rollout().selectZones()).containsExactly(new ZoneName("spot"));
    assertThat(policy.rollout().selectNodes()).containsExactly(new NodeName("spot1"));
    assertThat(policy.rollout().shelter()).isEqualTo(Shelter.PREFERRED);
    assertThat(policy.rollout().accept())
        .containsExactly(
            new Acceptance(
                Structural.ZERO_REPLICAS,
                List.of("scratch*"),
                "can be rebuilt",
                Instant.parse("2026-12-31T00:00:00Z")));
    assertThat(policy.rollout().maxUnavailablePerZone()).isEqualTo(2);
    assertThat(policy.allocation().enable()).isEqualTo(Allocation.PRIMARIES);
    assertThat(policy.allocation().excludeNodes()).containsExactly(new NodeName("gone"));
    assertThat(policy.allocation().excludeZones()).containsExactly(new ZoneName("spot"));
    assertThat(policy.allocation().conflicts()).isEqualTo(Conflicts.TAKE_OVER);
    assertThat(policy.paused()).isTrue();
    assertThat(policy.readyWhen()).isEqualTo(ReadyWhen.GREEN);
    assertThat(care.access())
        .isEqualTo(
            new EsAccess(
                List.of(
                    URI.create("https://coordinator:9200"), URI.create("http://127.0.0.1:9201")),
                Optional.of("es"),
                Optional.of("es-ca"),
                Optional.of("unittest"),
                Duration.ofMillis(500),
                Optional.of(new HostAccess.Local(URI.create("http://127.0.0.1:9800")))));
  }

  @Test
  void shouldApplyDefaults() {
    var policy =
        parse("connection: {endpoints: ['http://127.0.0.1:9200']}").value().orElseThrow().policy();

    assertThat(policy.zoneAttribute()).isEqualTo("zone");
    assertThat(policy.rollout().restartedAt()).isEmpty();
    assertThat(policy.rollout().shelter()).isEqualTo(Shelter.PREFERRED);
    assertThat(policy.rollout().maxUnavailablePerZone()).isEqualTo(1);
    assertThat(policy.allocation().enable()).isEqualTo(Allocation.ALL);
    assertThat(policy.allocation().conflicts()).isEqualTo(Conflicts.REPORT);
    assertThat(policy.readyWhen()).isEqualTo(ReadyWhen.YELLOW);
    assertThat(policy.paused()).isFalse();
  }

  @Test
  void shouldWantAReliableShelterWhereMachinesVanish() {
    var policy =
        parse(
                """
                connection: {endpoints: ['http://127.0.0.1:9200']}
                zones: {list: [{name: spot, risk: Risky}]}
                """)
            .value()
            .orElseThrow()
            .policy();

    assertThat(policy.rollout().shelter()).isEqualTo(Shelter.REQUIRED);
  }

  @Test
  void shouldListEveryProblem() {
    var problems =
        parse(
                """
                connection:
                  endpoints: ["coordinator:9200", "http://me:secret@host"]
                  probe: {timeout: soon}
                zones:
                  list: [{name: a, risk: Sometimes}, {name: a, risk: Risky}, {name: "b,c"}]
                hosts:
                  list: [{node: one, zone: nowhere}, {node: one}, {node: "x/y"}]
                rollout:
                  restartedAt: yesterday
                  select: {zones: [nowhere]}
                  shelter: Maybe
                  accept: [{structural: ZeroReplicas}, {structural: Nothing, reason: r, until: "1"}]
                  maxUnavailable: {perZone: 0}
                allocation: {enable: some, excludeNodes: ["a b"], excludeZones: [z], conflicts: Ask}
                readyWhen: Red
                """)
            .problems()
            .stream()
            .map(Problem::text)
            .toList();

    assertThat(problems.stream().map(each -> each.split(":", 2)[0]))
        .containsExactlyInAnyOrder(
            "spec.connection.endpoints[0]",
            "spec.connection.endpoints[1]",
            "spec.connection.probe.timeout",
            "spec.zones.list[0].risk",
            "spec.zones.list[1].name",
            "spec.zones.list[2].name",
            "spec.zones.list[2].risk",
            "spec.hosts.list[0].zone",
            "spec.hosts.list[1].node",
            "spec.hosts.list[2].node",
            "spec.hosts.access",
            "spec.rollout.restartedAt",
            "spec.rollout.select.zones[0]",
            "spec.rollout.shelter",
            "spec.rollout.accept[0].reason",
            "spec.rollout.accept[0].until",
            "spec.rollout.accept[0].indices",
            "spec.rollout.accept[1].structural",
            "spec.rollout.accept[1].until",
            "spec.rollout.maxUnavailable.perZone",
            "spec.allocation.enable",
            "spec.allocation.excludeNodes[0]",
            "spec.allocation.excludeZones[0]",
            "spec.allocation.conflicts",
            "spec.readyWhen");
    assertThat(problems).noneMatch(each -> each.contains("secret@"));
  }

  @Test
  void shouldNameFieldsThatHaveAnotherType() {
    var problems =
        parse(
                """
                connection: {endpoints: ['http://127.0.0.1:9200']}
                paused: banana
                hosts: {list: [{node: {of: tomorrow}}]}
                """)
            .problems()
            .stream()
            .map(Problem::text)
            .toList();

    assertThat(problems)
        .anyMatch(each -> each.startsWith("spec.paused: "))
        .anyMatch(each -> each.startsWith("spec.hosts.list[0].node: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sandbox", "hosts-ssh"})
  void shouldTakeTheExamples(String folder) throws IOException {
    var text = Files.readString(Path.of("examples", folder, "activedata.yaml"));
    var example = Serialization.unmarshal(text, EsCluster.class);

    assertThat(EsPolicyParser.parse(OWNER, example.getSpec()).problems()).isEmpty();
  }

  @Test
  void shouldRefuseAMissingSpec() {
    assertThat(EsPolicyParser.parse(OWNER, null).problems())
        .containsExactly(new Problem("spec", Problem.Rule.TYPE, "is missing"));
  }

  private static Parsed<EsCare> parse(String yaml) {
    return EsPolicyParser.parse(OWNER, Serialization.unmarshal(yaml, EsClusterSpec.class));
  }
}
