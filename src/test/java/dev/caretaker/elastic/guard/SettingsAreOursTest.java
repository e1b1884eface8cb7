package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.subjects;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.Routing;
import org.junit.jupiter.api.Test;

class SettingsAreOursTest {
  private final SettingsAreOurs guard = new SettingsAreOurs();

  @Test
  void shouldAcceptWhereNobodyWroteAnything() {
    assertThat(ask(guard, aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void shouldAcceptWhatSaysTheSameAsTheBaseline() {
    var cluster = aCluster().persistent(Routing.ENABLE, "all");

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isEmpty();
  }

  @Test
  void shouldAcceptWhatStandsInTheNodesFiles() {
    var cluster = aCluster().defaults(Routing.EXCLUDE + "zone", "old");

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseWithScopeKeyAndValue() {
    var cluster =
        aCluster().persistent(Routing.ENABLE, "none").transients(Routing.EXCLUDE_NAME, "spot2");

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1")))
        .containsExactly(
            "persistent cluster.routing.allocation.enable = \"none\"",
            "transient cluster.routing.allocation.exclude._name = \"spot2\"");
  }

  @Test
  void shouldRefuseAnEmptyTransientValue_becauseItMasksOurs() {
    var cluster = aCluster().transients(Routing.EXCLUDE_NAME, "");

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isPresent();
  }

  @Test
  void shouldAcceptWhereConflictsAreTakenOver() {
    var cluster = aCluster().persistent(Routing.ENABLE, "none");

    assertThat(ask(guard, aPolicy().takeOver(), cluster, "spot1")).isEmpty();
  }
}
