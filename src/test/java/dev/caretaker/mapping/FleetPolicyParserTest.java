package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caretaker.api.SpotFleetSpec;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetPolicyParserTest {
  private static final String LEAST =
      """
      region: us-west-2
      subnets: [subnet-0a]
      launchTemplate: {name: es-spot, version: "7"}
      budget: {usdPerHour: "4.00"}
      demand: {utility: 2000}
      machines: {rule: "min(memoryGiB, storageGB / 50, 60)"}
      """;

  private static Parsed<FleetCare> parse(String yaml) {
    try {
      var spec = new YAMLMapper().readValue(yaml, SpotFleetSpec.class);
      return FleetPolicyParser.parse(new FleetId("default", "es", "uid"), spec);
    } catch (IOException odd) {
      throw new UncheckedIOException(odd);
    }
  }

  private static List<String> problems(String yaml) {
    return parse(yaml).problems().stream().map(Problem::path).toList();
  }

  @Test
  void shouldApplyDefaults() {
    var policy = parse(LEAST).value().orElseThrow().policy();

    assertThat(policy.budget()).isEqualTo(UsdPerHour.of("4"));
    assertThat(policy.demand()).contains(Utility.of("2000"));
    assertThat(policy.prices().percentile()).isEqualTo(0.95);
    assertThat(policy.prices().history()).isEqualTo(Duration.ofDays(7));
    assertThat(policy.limits().sharePerType()).isEqualTo(1);
    assertThat(policy.joinWithin()).isEqualTo(Duration.ofMinutes(15));
    assertThat(policy.shrink()).isEqualTo(Shrink.DRAIN);
    assertThat(policy.deletion()).isEqualTo(Deletion.TERMINATE);
  }

  @Test
  void shouldKeepTheMachinesOfAWorkloadWhereNothingElseIsSaid() {
    var care =
        parse(LEAST + "workload: {esCluster: {name: activedata, zone: spot}}")
            .value()
            .orElseThrow();

    assertThat(care.policy().deletion()).isEqualTo(Deletion.ORPHAN);
    assertThat(care.cluster()).contains(new FleetCare.Cluster("activedata", "spot"));
  }

  @Test
  void neverLetsDataGoWithoutAHandshake() {
    var stateful = LEAST + "workload: {esCluster: {name: a, zone: spot}}\n";

    assertThat(problems(stateful + "shrink: Immediate")).containsExactly("spec.shrink");
    assertThat(problems(stateful + "deletionPolicy: Terminate"))
        .containsExactly("spec.deletionPolicy");
    assertThat(problems(LEAST + "shrink: Immediate\ndeletionPolicy: Terminate")).isEmpty();
  }

  @Test
  void shouldNameEveryProblem() {
    assertThat(
            problems(
                """
                region: mars
                subnets: [subnet-0a, subnet-0a, x]
                launchTemplate: {name: es-spot, version: $Latest}
                budget: {usdPerHour: "-1"}
                limits: {sharePerType: 0%, perType: 0}
                prices: {percentile: 2, history: 91d}
                machines: {list: [{type: m5.large, utility: "1", excluded: true}]}
                """))
        .containsExactlyInAnyOrder(
            "spec.region",
            "spec.demand",
            "spec.launchTemplate.version",
            "spec.subnets[1]",
            "spec.subnets[2]",
            "spec.budget.usdPerHour",
            "spec.prices.percentile",
            "spec.prices.history",
            "spec.limits.perType",
            "spec.limits.sharePerType",
            "spec.machines.list[0]");
  }

  @Test
  void neverCountsTheDemandOfAPipelineTwice() {
    var twice = LEAST.replace("{utility: 2000}", "{pipelines: [{name: a}, {name: a}]}");

    assertThat(problems(twice)).containsExactly("spec.demand.pipelines[1].name");
  }

  @Test
  void neverLetsAFleetHaveMoreMachinesThanWhoUsesThemSees() {
    var piped = LEAST.replace("{utility: 2000}", "{pipelines: [{name: coverage}]}");
    var stateful = LEAST + "workload: {esCluster: {name: activedata, zone: spot}}\n";

    assertThat(most(LEAST)).isEmpty();
    assertThat(most(piped)).hasValue(200);
    assertThat(most(stateful)).hasValue(200);
  }

  private static OptionalInt most(String yaml) {
    return parse(yaml).value().orElseThrow().policy().limits().machines();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "min(memoryGiB, storageGB / 50, 60); 15",
        "max(vcpus,memoryGiB); 15",
        "vcpus * 2 + memoryGiB / 3 - 1; 8",
        "storageGB/10/5; 16",
        "7.5; 7.5"
      })
  void shouldComputeWhatARuleSays(String rule, double expected) {
    var type = new TypeView(new MachineType("x.large"), 2, 15, 800, Optional.empty());

    assertThat(FormulaParser.parse(rule).of(type)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"min(vcpus", "(vcpus)", "vcpus +", "disks", "min(max(vcpus, 1), 2)", "-1"})
  void shouldRefuseARuleThatSaysNothing(String rule) {
    var yaml = LEAST.replace("min(memoryGiB, storageGB / 50, 60)", rule);

    assertThat(problems(yaml)).contains("spec.machines.rule");
  }
}
