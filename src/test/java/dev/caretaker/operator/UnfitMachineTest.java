package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines on which a pipeline's code cannot be installed, on a real API server. */
@RequiresApiServer
class UnfitMachineTest {
  private static final String REVISION = "5f0c1f5e0d5e4c1c9d515f0c1f5e0d5e4c1c9d51";
  private static final String SPEC =
      PipelineGround.SPEC
              .replace("process: {program: etl}", "process: {program: etl, directory: /srv/etl}")
              .replace("scale: {max: 40}", "scale: {min: 40, max: 40}")
          + """
          code:
            repository: https://example.org/etl.git
            branch: main
            revision: %s
            update: {onFailure: Replace}
          """
              .formatted(REVISION);

  private final PipelineGround ground;

  UnfitMachineTest(ApiServer server) throws IOException {
    ground = new PipelineGround(server, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private List<String> listed(String pipeline) {
    var workers = requireNonNull(ground.status(pipeline).workers());
    return Objects.requireNonNullElse(workers.replace(), List.of());
  }

  private Map<String, String> owners() {
    var owners = new TreeMap<String, String>();
    for (SpotFleetStatus.Machine each : requireNonNull(ground.fleet.status().machines())) {
      owners.put(requireNonNull(each.id()), Objects.toString(each.pipeline(), ""));
    }
    return owners;
  }

  private void settles(int times) {
    for (int i = 0; i < times; i++) {
      ground.settle();
    }
  }

  /** As many machines as are asked for, all at work on the right code. */
  private void works() {
    ground.world.backlog = 2_000;
    settles(3);
    assertThat(ground.world.running).hasSizeGreaterThan(2);
  }

  private String spoil() {
    var bad = ground.fleet.ids().iterator().next();
    var id = new WorkerId(bad.value());
    ground.world.spoiled.add(id);
    ground.world.running.remove(id);
    ground.world.code.remove(id);
    return bad.value();
  }

  @Test
  void shouldEndTheMachineAndBuyAnother() {
    ground.create(PipelineGround.NAME, SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    works();
    int before = ground.fleet.alive().size();

    var bad = spoil();
    settles(5);

    assertThat(ground.fleet.ids()).doesNotContain(new InstanceId(bad)).hasSize(before);
    assertThat(ground.world.running.keySet()).hasSize(before);
    assertThat(listed(PipelineGround.NAME)).isEmpty();
    assertThat(requireNonNull(ground.fleet.status().decisions()))
        .anySatisfy(
            each ->
                assertThat(each.because())
                    .contains(bad, "EtlPipeline etl cannot use it", "bought first"));
    assertThat(ground.fleet.condition("UnfitReplaced").status()).isEqualTo("True");
  }

  @Test
  void neverReplacesTheCrewForCodeThatNobodyCanInstall() {
    ground.create(PipelineGround.NAME, SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    works();
    var all = new TreeSet<>(ground.fleet.ids());
    all.forEach(each -> ground.world.spoiled.add(new WorkerId(each.value())));

    ground.edit(PipelineGround.NAME, SPEC.replace(REVISION, REVISION.replace('5', '6')));
    settles(8);

    assertThat(ground.fleet.ids()).isEqualTo(all);
    assertThat(ground.condition(PipelineGround.NAME, "Stalled").message())
        .contains("it is the code");
  }

  /** A machine that one pipeline cannot use, and the other one can. */
  @Test
  void shouldGiveTheMachineToAnotherPipelineThatCanUseIt() {
    var other =
        SPEC.replace("queue: {name: etl,", "queue: {name: other,")
            .replace("program: etl,", "program: other,");
    ground.create(PipelineGround.NAME, SPEC);
    ground.create("other", other.substring(0, other.indexOf("code:")));
    ground.fleet.create(
        PipelineGround.FLEET
            .replace("{name: etl}", "{name: etl}, {name: other}")
            .replace("\"1.00\"", "\"0.13\""));
    works();
    var mine = owners().entrySet().stream().filter(each -> each.getValue().equals("etl")).toList();
    assertThat(mine).isNotEmpty();

    var bad = new WorkerId(mine.get(0).getKey());
    ground.world.spoiled.add(bad);
    ground.world.running.remove(bad);
    ground.world.code.remove(bad);
    settles(5);

    assertThat(ground.fleet.ids()).contains(new InstanceId(bad.value()));
    assertThat(owners()).containsEntry(bad.value(), "other");
    assertThat(ground.world.running).containsKey(bad);
  }

  /** A silent pipeline keeps what it has; it keeps nothing from those that speak. */
  @Test
  void shouldEndTheMachineThoughAnotherPipelineSaysNothing() {
    ground.create(PipelineGround.NAME, SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    works();
    int before = ground.fleet.alive().size();

    var bad = spoil();
    ground.fleet.edit(PipelineGround.FLEET.replace("{name: etl}", "{name: etl}, {name: absent}"));
    settles(5);

    assertThat(ground.fleet.ids()).doesNotContain(new InstanceId(bad)).hasSize(before);
    assertThat(listed(PipelineGround.NAME)).isEmpty();
  }
}
