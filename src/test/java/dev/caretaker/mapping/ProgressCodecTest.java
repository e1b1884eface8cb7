package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.drain.DrainProgress;
import dev.caretaker.elastic.handshake.HandshakeProgress;
import dev.caretaker.elastic.handshake.Leaving;
import dev.caretaker.elastic.handshake.Released;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProgressCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property
  void shouldComeBackAsItWas(@ForAll("progress") EsProgress progress)
      throws JsonProcessingException {
    var spec = new SpecInForce(Optional.empty(), List.of(), Optional.empty());
    var writer = new EsStatusWriter(EsClusterStatus.EMPTY, spec, 1, Instant.EPOCH);
    var stored = JSON.writeValueAsString(writer.beforeActing(progress));

    var status = JSON.readValue(stored, EsClusterStatus.class);
    assertThat(ProgressCodec.read(status)).isEqualTo(progress);
  }

  @Example
  void shouldForgetWhatIsOdd() throws JsonProcessingException {
    for (var odd :
        new String[] {
          "null",
          "[]",
          "\"text\"",
          "{}",
          "{'sequence': 'one'}",
          "{'sequence': 1.5}",
          "{'sequence': 1, 'rollout': 'Stopping'}",
          "{'sequence': 1, 'rollout': {'stage': 'Dancing', 'since': '2026-01-01T00:00:00Z'}}",
          "{'sequence': 1, 'rollout': {'stage': 'Stopping', 'since': 'then'}}",
          "{'sequence': 1, 'drain': {'request': 'r', 'since': '2026-01-01T00:00:00Z',"
              + " 'lastProgress': '2026-01-01T00:00:00Z', 'atFirst': -1, 'copiesLeft': 1}}",
          "{'sequence': 1, 'bounced': {'spot1': 7}}",
          "{'sequence': 1, 'cluster': 5}",
          "{'sequence': 1, 'leaving': {'since': '2026-01-01T00:00:00Z', 'member': {}}}",
          "{'sequence': 1, 'waiting': {'spot1': 'long'}}",
          "{'sequence': 1, 'approved': {'hash': 'h'}}",
          "{'sequence': 1, 'approved': {'hash': 'h', 'wish': 'w', 'steps': [{'kind': 'FLY'}]}}",
          "{'sequence': 1, 'approved': {'hash': 'h', 'wish': 'w', 'risks': [7]}}",
        }) {
      var node = JSON.readTree(odd.replace('\'', '"'));

      assertThat(ProgressCodec.decode(node)).as(odd).isEqualTo(EsProgress.NONE);
    }
  }

  @Provide
  Arbitrary<EsProgress> progress() {
    var bounced = Arbitraries.maps(words().map(NodeName::new), words()).ofMaxSize(4);
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(0),
            rollouts().optional(),
            drains().optional(),
            times().optional(),
            bounced.map(TreeMap::new),
            covers().optional(),
            handshakes(),
            words().optional())
        .as(EsProgress::new);
  }

  private static Arbitrary<HandshakeProgress> handshakes() {
    var released = Combinators.combine(words(), words(), times()).as(Released::new);
    var leaving = Combinators.combine(members(), times()).as(Leaving::new);
    var waiting = Arbitraries.maps(words().map(NodeName::new), times()).ofMaxSize(3);
    return Combinators.combine(
            released.list().ofMaxSize(3), leaving.optional(), waiting.map(TreeMap::new))
        .as(HandshakeProgress::new);
  }

  private static Arbitrary<RolloutProgress> rollouts() {
    var replicas = Arbitraries.maps(words(), Arbitraries.integers().between(0, 9)).ofMaxSize(3);
    return Combinators.combine(
            Arbitraries.of(Stage.class),
            members().list().ofMaxSize(3),
            times(),
            replicas.map(TreeMap::new),
            words().optional())
        .as(RolloutProgress::new);
  }

  private static Arbitrary<Mark.Member> members() {
    return Combinators.combine(words().map(NodeName::new), words().map(NodeId::new), words())
        .as(Mark.Member::new);
  }

  private static Arbitrary<PlanCover> covers() {
    var steps =
        Combinators.combine(
                Arbitraries.of(PlanCover.Kind.class),
                words().map(NodeName::new).list().ofMaxSize(3),
                Arbitraries.of(true, false),
                words().list().ofMaxSize(3).map(TreeSet::new))
            .as(PlanCover.Step::new);
    return Combinators.combine(
            words(), words(), steps.list().ofMaxSize(4), words().list().ofMaxSize(2))
        .as(PlanCover::new);
  }

  private static Arbitrary<DrainProgress> drains() {
    return Combinators.combine(
            words(),
            times(),
            Arbitraries.longs().greaterOrEqual(0).map(Bytes::new),
            times(),
            Arbitraries.integers().greaterOrEqual(0))
        .as(DrainProgress::new);
  }

  private static Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 4_000_000_000L),
            Arbitraries.longs().between(0, 999_999_999L))
        .as(Instant::ofEpochSecond);
  }

  private static Arbitrary<String> words() {
    return Arbitraries.strings().ofMinLength(1).ofMaxLength(12);
  }
}
