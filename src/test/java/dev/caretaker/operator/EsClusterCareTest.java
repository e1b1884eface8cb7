package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EsCluster;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.stand.Crds;
import dev.caretaker.testkit.RequiresApiServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shell between a real API server and a simulated cluster. */
@RequiresApiServer
class EsClusterCareTest {
  private final CareGround ground;

  EsClusterCareTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void shouldWriteAtMostOnceInTenQuietMinutes() {
    ground.create("main", CareGround.SPEC);
    ground.settle("main", 10);
    var before = ground.read("main");

    var writes = 0;
    var passed = Duration.ZERO;
    var version = before.getMetadata().getResourceVersion();
    while (passed.compareTo(Duration.ofMinutes(10)) < 0) {
      passed = passed.plus(ground.step("main"));
      var now = ground.read("main").getMetadata().getResourceVersion();
      writes += now.equals(version) ? 0 : 1;
      version = now;
    }

    assertThat(writes).isLessThanOrEqualTo(1);
    assertThat(CareGround.condition(ground.read("main"), "Ready").status()).isEqualTo("True");
    assertThat(before.getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void shouldSayOfEachConditionWhichSpecItIsAbout() {
    ground.create("main", CareGround.SPEC);
    ground.step("main");
    var first = ground.read("main").getStatus();
    ground.edit("main", CareGround.SPEC + "paused: true\n");
    ground.settle("main", 2);
    var second = ground.read("main").getStatus();

    assertThat(first.observedGeneration()).isEqualTo(1);
    assertThat(first.conditions()).extracting("observedGeneration").containsOnly(1L);
    assertThat(second.observedGeneration()).isEqualTo(2);
    assertThat(second.conditions()).extracting("observedGeneration").containsOnly(2L);
  }

  @Test
  void shouldHoldTheFinalizerOnlyWhileSomethingIsHeld() {
    ground.create("main", ground.bounce());
    var heldWithout = 0;
    var held = 0;
    for (int i = 0; i < 400; i++) {
      ground.step("main");
      var finalizers = ground.read("main").getMetadata().getFinalizers();
      if (ground.mark().isPresent()) {
        held++;
        heldWithout += finalizers.contains(StoredEsCluster.FINALIZER) ? 0 : 1;
      }
    }

    assertThat(held).isPositive();
    assertThat(heldWithout).isZero();
    assertThat(ground.mark()).isEmpty();
    assertThat(ground.read("main").getMetadata().getFinalizers()).isEmpty();
    assertThat(CareGround.condition(ground.read("main"), "Ready").status()).isEqualTo("True");
    assertThat(ground.events("main")).isNotEmpty().allMatch(each -> each.getCount() >= 1);
  }

  @Test
  void shouldRestoreBeforeItLetsADeletedResourceGo() {
    ground.create("main", ground.bounce());
    for (int i = 0; i < 100 && ground.mark().isEmpty(); i++) {
      ground.step("main");
    }
    assertThat(ground.mark()).isPresent();

    ground.delete("main");
    for (int i = 0; i < 400 && ground.exists("main"); i++) {
      ground.step("main");
    }

    assertThat(ground.exists("main")).isFalse();
    assertThat(ground.mark()).isEmpty();
  }

  @Test
  void shouldLetGoAtTheDeadlineAndSayWhatWasLeft() {
    ground.create("main", ground.bounce());
    for (int i = 0; i < 100 && ground.mark().isEmpty(); i++) {
      ground.step("main");
    }
    ground.delete("main");
    var late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11));

    ground.care(CareGround.away("the cable was cut"), late).look(ground.read("main"), List.of());

    assertThat(ground.exists("main")).isFalse();
    assertThat(ground.events("main"))
        .anyMatch(
            each ->
                "NotRestored".equals(each.getReason())
                    && each.getMessage().contains("the cable was cut"));
  }

  @Test
  void shouldNotActOnWhatSomebodyElseHasChangedMeanwhile() {
    ground.create("main", CareGround.SPEC);
    ground.settle("main", 5);
    ground.edit("main", ground.bounce());
    var stale = ground.read("main");
    ground.edit("main", CareGround.SPEC + "paused: true\n");
    var before = ground.settings();

    var again = ground.care().look(stale, List.of(stale));

    assertThat(again).contains(Duration.ofSeconds(1));
    assertThat(ground.settings()).isEqualTo(before);
    assertThat(ground.read("main").getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void shouldKeepTheLastGoodSpecInForce() throws InterruptedException {
    ground.create("main", CareGround.SPEC);
    ground.settle("main", 5);

    var wrong = CareGround.SPEC + "rollout: {select: {zones: [mars]}}\n";
    new Crds(ground.client).withoutRules(() -> ground.edit("main", wrong));
    ground.settle("main", 5);

    var resource = ground.read("main");
    assertThat(CareGround.condition(resource, "SpecValid").status()).isEqualTo("False");
    assertThat(CareGround.condition(resource, "SpecValid").message())
        .contains("mars")
        .contains("last good");
    assertThat(resource.getStatus().engine()).startsWith("elasticsearch");
    assertThat(ground.events("main")).anyMatch(each -> "SpecInvalid".equals(each.getReason()));
  }

  @Test
  void shouldTouchNothingForASpecThatNeverWasGood() throws InterruptedException {
    var wrong = CareGround.SPEC + "rollout: {select: {zones: [mars]}}\n";
    new Crds(ground.client).withoutRules(() -> ground.create("main", wrong));

    assertThat(ground.care().look(ground.read("main"), List.of())).isEmpty();

    assertThat(CareGround.condition(ground.read("main"), "Ready").reason())
        .isEqualTo("SpecInvalid");
    assertThat(ground.mark()).isEmpty();
  }

  @Test
  void shouldRefuseASecondResourceForTheSameCluster() {
    ground.create("one", CareGround.SPEC);
    ground.create("two", CareGround.SPEC);
    ground.settle("one", 5);
    ground.settle("two", 5);
    var younger = younger(ground.read("one"), ground.read("two"));

    ground.edit(younger, ground.bounce());
    ground.settle(younger, 20);

    assertThat(ground.mark()).isEmpty();
    assertThat(ground.read(younger).getStatus().blockedBy()).isNotEmpty();
    assertThat(CareGround.condition(ground.read(younger), "Ready").status()).isEqualTo("False");
    assertThat(CareGround.condition(ground.read(younger), "Ready").reason())
        .isEqualTo("OneResourceACluster");
  }

  /** Created in the same second, the UID decides. */
  private static String younger(EsCluster one, EsCluster two) {
    return Owners.olderThan(one, List.of(one, two)).isEmpty()
        ? two.getMetadata().getName()
        : one.getMetadata().getName();
  }
}
