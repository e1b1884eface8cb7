package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.api.EtlPipeline;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnersTest {
  private static EtlPipeline pipeline(String name, String createdAt, String queue, String program) {
    var yaml =
        """
        metadata: {namespace: data, name: %1$s, uid: %1$s, creationTimestamp: "%2$s"}
        spec:
          queue: {name: %3$s, region: us-west-2}
          workers: {fleet: {name: etl}, access: {local: {keeper: "http://127.0.0.1:1"}}}
          process: {program: "%4$s"}
          throughput: {messagesPerUtilityHour: 10}
          scale: {max: 40}
        """;
    return Serialization.unmarshal(
        yaml.formatted(name, createdAt, queue, program), EtlPipeline.class);
  }

  /** Each would take the other's program for its own, and stop it on the other's machines. */
  @Test
  void shouldRefuseTheYoungerOfTwoThatNameOneProgramOfAFleet() {
    var older = pipeline("older", "2026-11-01T00:00:00Z", "work", "etl:*");
    var younger = pipeline("younger", "2026-11-02T00:00:00Z", "more", "etl:*");

    assertThat(Owners.olderThan(younger, List.of(older, younger))).containsExactly("data/older");
    assertThat(Owners.olderThan(older, List.of(older, younger))).isEmpty();
  }

  @Test
  void shouldLetTwoProgramsShareAFleet() {
    var older = pipeline("older", "2026-11-01T00:00:00Z", "work", "etl:*");
    var younger = pipeline("younger", "2026-11-02T00:00:00Z", "more", "push_to_es");

    assertThat(Owners.olderThan(younger, List.of(older, younger))).isEmpty();
  }
}
