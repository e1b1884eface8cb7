package dev.caretaker.pipeline.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.Sharing.Claim;
import dev.caretaker.pipeline.demand.Sharing.Machine;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SharingTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final PipelineId UNITTEST = new PipelineId("data", "unittest", "u");
  private static final PipelineId COVERAGE = new PipelineId("data", "coverage", "c");

  private static Claim claim(PipelineId id, double utility, int hoursLeft) {
    var demand =
        new PipelineDemand(
            Utility.of(utility),
            new Reason("Test", "as asked"),
            Optional.of(NOW.plus(Duration.ofHours(hoursLeft))));
    return new Claim(id, demand);
  }

  private static Machine machine(int number, double utility, Optional<PipelineId> owner) {
    return new Machine(
        new WorkerId(String.format(Locale.ROOT, "i-%03d", number)), Utility.of(utility), owner);
  }

  private static List<Machine> machines(int count) {
    var all = new ArrayList<Machine>();
    for (int i = 0; i < count; i++) {
      all.add(machine(i, 8, Optional.empty()));
    }
    return all;
  }

  private static double of(
      PipelineId id, List<Machine> machines, SortedMap<WorkerId, PipelineId> owners) {
    return machines.stream()
        .filter(each -> id.equals(owners.get(each.id())))
        .mapToDouble(each -> each.utility().amount())
        .sum();
  }

  private static List<Machine> owned(
      List<Machine> machines, SortedMap<WorkerId, PipelineId> owners) {
    return machines.stream()
        .map(
            each ->
                new Machine(each.id(), each.utility(), Optional.ofNullable(owners.get(each.id()))))
        .toList();
  }

  @Test
  void shouldGiveEachWhatItAsksFor() {
    var machines = machines(20);
    var owners = Sharing.of(machines, List.of(claim(UNITTEST, 100, 90), claim(COVERAGE, 40, 300)));

    assertThat(of(UNITTEST, machines, owners)).isEqualTo(104);
    assertThat(of(COVERAGE, machines, owners)).isEqualTo(40);
    assertThat(owners).hasSize(18);
  }

  @Test
  void shouldServeFirstWhoExpiresFirst() {
    var machines = machines(10);
    var owners = Sharing.of(machines, List.of(claim(COVERAGE, 80, 300), claim(UNITTEST, 64, 20)));

    assertThat(of(UNITTEST, machines, owners)).isEqualTo(64);
    assertThat(of(COVERAGE, machines, owners)).isEqualTo(16);
  }

  @Test
  void shouldDivideInProportionWhereDeadlinesAreAlike() {
    var machines = machines(10);
    var owners = Sharing.of(machines, List.of(claim(COVERAGE, 120, 20), claim(UNITTEST, 40, 20)));

    assertThat(of(COVERAGE, machines, owners)).isEqualTo(64);
    assertThat(of(UNITTEST, machines, owners)).isEqualTo(16);
  }

  @Test
  void shouldTakeNoMachineFromWhoHasItWithoutNeed() {
    var claims = List.of(claim(UNITTEST, 40, 90), claim(COVERAGE, 40, 300));
    var machines = owned(machines(10), Sharing.of(machines(10), claims));

    var less = List.of(claim(UNITTEST, 20, 90), claim(COVERAGE, 43, 300));

    assertThat(owned(machines, Sharing.of(machines, less))).isEqualTo(machines);
  }

  @Test
  void shouldMoveOnlyWhatIsMissingElsewhere() {
    var claims = List.of(claim(UNITTEST, 40, 90), claim(COVERAGE, 40, 300));
    var machines = owned(machines(10), Sharing.of(machines(10), claims));

    var more = List.of(claim(UNITTEST, 56, 90), claim(COVERAGE, 40, 300));
    var after = owned(machines, Sharing.of(machines, more));

    assertThat(after.stream().filter(each -> !machines.contains(each))).hasSize(2);
  }

  @Test
  void shouldFreeTheMachinesOfWhoAsksForNothing() {
    var machines = List.of(machine(1, 8, Optional.of(UNITTEST)));

    assertThat(Sharing.of(machines, List.of(claim(UNITTEST, 0, 90)))).isEmpty();
    assertThat(Sharing.of(machines, List.of())).isEmpty();
  }

  @Test
  void shouldGiveAMachineThatOneCannotUseToWhoeverCan() {
    var unfit =
        new Machine(new WorkerId("i-1"), Utility.of(8), Optional.of(UNITTEST), Set.of(UNITTEST));

    assertThat(Sharing.of(List.of(unfit), List.of(claim(UNITTEST, 8, 9)))).isEmpty();
    assertThat(Sharing.of(List.of(unfit), List.of(claim(UNITTEST, 8, 9), claim(COVERAGE, 8, 90))))
        .containsOnly(Map.entry(unfit.id(), COVERAGE));
  }

  @Test
  void shouldAddUpWhatIsAskedFor() {
    assertThat(
            Sharing.total(
                List.of(claim(UNITTEST, 12.5, 1).demand(), claim(COVERAGE, 3, 1).demand())))
        .isEqualTo(Utility.of("15.5"));
  }

  private static List<Machine> random(Random chance) {
    var all = new ArrayList<Machine>();
    int count = chance.nextInt(30);
    for (int i = 0; i < count; i++) {
      all.add(machine(i, 1 + chance.nextInt(16), Optional.empty()));
    }
    return all;
  }

  @Property(tries = 300)
  void aSecondLookMovesNothing(@ForAll @LongRange(max = 1L << 40) long seed) {
    var chance = new Random(seed);
    var machines = random(chance);
    var claims = new ArrayList<Claim>();
    for (int i = 0; i < 4; i++) {
      var id = new PipelineId("data", "p" + i, "u");
      claims.add(claim(id, chance.nextInt(120), chance.nextInt(100)));
    }

    var first = Sharing.of(machines, claims);
    Collections.shuffle(claims, chance);
    var shuffled = new ArrayList<>(machines);
    Collections.shuffle(shuffled, chance);

    assertThat(Sharing.of(shuffled, claims)).isEqualTo(first);
    assertThat(Sharing.of(owned(machines, first), claims)).isEqualTo(first);
  }

  @Property(tries = 300)
  void theFirstMissesLessThanHalfAMachineWhereItCanBeServed(
      @ForAll @LongRange(max = 1L << 40) long seed) {
    var chance = new Random(seed);
    var machines = random(chance);
    double all = machines.stream().mapToDouble(each -> each.utility().amount()).sum();
    double asked = Math.floor(chance.nextDouble() * all);
    var before =
        Sharing.of(machines, List.of(claim(COVERAGE, all, 10), claim(UNITTEST, asked / 2, 300)));

    var mine = owned(machines, before);
    var owners = Sharing.of(mine, List.of(claim(UNITTEST, asked, 10), claim(COVERAGE, all, 300)));

    assertThat(of(UNITTEST, machines, owners)).isGreaterThanOrEqualTo(asked - 8);
  }
}
