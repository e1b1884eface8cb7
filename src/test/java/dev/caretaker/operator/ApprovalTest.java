package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsPlanStatus;
import dev.caretaker.api.EsRolloutStatus;
import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.RecordedView;
import dev.caretaker.plan.Speed;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan in the status of a real API server, its approval, and what came of it. */
@RequiresApiServer
class ApprovalTest {
  private static final String NAME = "main";
  private final CareGround ground;

  ApprovalTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private String manual(String wish, String approvedPlan) {
    return CareGround.SPEC
        + "rollout: {restartedAt: \"%s\", approval: Manual, approvedPlan: \"%s\"}\n"
            .formatted(wish, approvedPlan);
  }

  private EsPlanStatus plan() {
    return Objects.requireNonNull(ground.read(NAME).getStatus().plan());
  }

  @Test
  void shouldShowThePlanThatTheCommandLineMakesAndWriteItOnce() {
    var wish = ground.world.instant().toString();
    ground.create(NAME, manual(wish, ""));
    ground.settle(NAME, 10);

    assertThat(plan().hash()).isEqualTo(byCommandLine());
    assertThat(plan().steps()).hasSize(4);
    assertThat(plan().predictedSeconds()).isPositive();
    assertThat(CareGround.condition(ground.read(NAME), "Stalled").status()).isEqualTo("False");
    assertThat(CareGround.condition(ground.read(NAME), "Reconciling").message())
        .contains("approvedPlan: \"" + plan().hash() + "\"");

    var writes = 0;
    var version = ground.read(NAME).getMetadata().getResourceVersion();
    for (var passed = Duration.ZERO; passed.toMinutes() < 10; ) {
      passed = passed.plus(ground.step(NAME));
      var now = ground.read(NAME).getMetadata().getResourceVersion();
      writes += now.equals(version) ? 0 : 1;
      version = now;
    }
    assertThat(writes).isLessThanOrEqualTo(1);
    assertThat(ground.mark()).isEmpty();
  }

  /** As {@code caretaker plan} does it: from a recorded view, without a progress. */
  private String byCommandLine() {
    var engine = ground.world.engine();
    var policy = SpecInForce.of(ground.read(NAME)).care().orElseThrow().policy();
    var cluster = engine.read(Set.of());
    var view =
        new EsView(
            ground.world.instant(),
            cluster,
            Observed.known(true),
            ground.world.hosts().readAll(policy.hosts().keySet()),
            List.of());
    var recorded = RecordedView.of(view, List.of()).orElseThrow();
    var known = cluster.ifKnown().map(ClusterView.class::cast).orElseThrow();
    return new Forecast(new EsDecider(Guards.standard()), Speed.assumed(known))
        .plan("data/main", policy, recorded.view(), EsProgress.NONE)
        .hash();
  }

  @Test
  void shouldSayWhatTheApprovedRolloutTookBesideWhatWasPredicted() {
    var wish = ground.world.instant().toString();
    ground.create(NAME, manual(wish, ""));
    ground.settle(NAME, 3);
    var hash = Objects.requireNonNull(plan().hash());

    ground.edit(NAME, manual(wish, hash));
    ground.stepUntil(NAME, () -> ended().isPresent());

    var rollout = ended().orElseThrow();
    assertThat(rollout.nodes()).containsExactly("backup1", "backup2", "spot1", "spot2");
    assertThat(rollout.predictedSeconds()).isPositive();
    assertThat(rollout.tookSeconds()).isPositive();
    assertThat(rollout.underWaySince()).isNull();
    assertThat(ground.read(NAME).getStatus().plan()).isNull();
    assertThat(ground.events(NAME))
        .anyMatch(
            each ->
                "RolloutDone".equals(each.getReason())
                    && each.getMessage().startsWith("4 nodes bounced in ")
                    && each.getMessage().contains(", predicted "));
    assertThat(ground.registry.scrape())
        .contains(
            "caretaker_rollout_took_seconds{kind=\"EsCluster\",resource=\""
                + ground.namespace
                + "/main\"} ")
        .contains("caretaker_rollout_predicted_seconds{");
  }

  private Optional<EsRolloutStatus> ended() {
    return Optional.ofNullable(ground.read(NAME).getStatus().lastRollout())
        .filter(each -> each.endedAt() != null);
  }
}
