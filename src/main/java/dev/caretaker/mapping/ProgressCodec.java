package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.drain.DrainProgress;
import dev.caretaker.elastic.handshake.HandshakeProgress;
import dev.caretaker.elastic.handshake.Leaving;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Bytes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Progress as a status has it, and back: all but the answers to fleets in one object. */
public final class ProgressCodec {

  private ProgressCodec() {}

  /** The progress that a status tells. */
  public static EsProgress read(EsClusterStatus status) {
    return decode(status.progress()).withReleased(ReleasedAnswers.read(status));
  }

  /** The object that {@link #decode} turns back into equal progress, but for what was released. */
  public static JsonNode encode(EsProgress progress) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("sequence", progress.sequence());
    progress.rollout().ifPresent(rollout -> node.set("rollout", rollout(rollout)));
    progress.drain().ifPresent(drain -> node.set("drain", drain(drain)));
    progress.bouncedFor().ifPresent(time -> node.put("bouncedFor", time.toString()));
    var bounced = node.putObject("bounced");
    progress.bounced().forEach((name, ephemeral) -> bounced.put(name.value(), ephemeral));
    progress.approved().ifPresent(plan -> node.set("approved", CoverCodec.encode(plan)));
    progress.handshake().leaving().ifPresent(leaving -> node.set("leaving", leaving(leaving)));
    var waiting = node.putObject("waiting");
    progress.handshake().waiting().forEach((name, at) -> waiting.put(name.value(), at.toString()));
    progress.cluster().ifPresent(uuid -> node.put("cluster", uuid));
    return node;
  }

  private static ObjectNode rollout(RolloutProgress rollout) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("stage", rollout.stage().word());
    node.put("since", rollout.since().toString());
    var set = node.putArray("set");
    rollout.set().forEach(member -> set.add(member(member)));
    var replicas = node.putObject("replicasBefore");
    rollout.replicasBefore().forEach(replicas::put);
    rollout.terms().ifPresent(terms -> node.put("terms", terms));
    return node;
  }

  private static ObjectNode member(Mark.Member member) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", member.name().value())
        .put("id", member.id().value())
        .put("ephemeralId", member.ephemeralId());
  }

  private static ObjectNode leaving(Leaving leaving) {
    var node = JsonNodeFactory.instance.objectNode();
    node.set("member", member(leaving.member()));
    return node.put("since", leaving.since().toString());
  }

  private static ObjectNode drain(DrainProgress drain) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("request", drain.request())
        .put("since", drain.since().toString())
        .put("atFirst", drain.atFirst().value())
        .put("lastProgress", drain.lastProgress().toString())
        .put("copiesLeft", drain.copiesLeft());
  }

  /**
   * The progress that was saved; {@link EsProgress#NONE} where none was, or where it is not what
   * this version writes: losing it costs time, guessing could cost more.
   */
  static EsProgress decode(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return EsProgress.NONE;
    }
    try {
      return new EsProgress(
          number(node, "sequence"),
          part(node, "rollout", ProgressCodec::readRollout),
          part(node, "drain", ProgressCodec::readDrain),
          part(node, "bouncedFor", ProgressCodec::readTime),
          bounced(node.path("bounced")),
          part(node, "approved", CoverCodec::decode),
          new HandshakeProgress(
              List.of(),
              part(node, "leaving", ProgressCodec::readLeaving),
              waiting(node.path("waiting"))),
          node.hasNonNull("cluster") ? Optional.of(text(node, "cluster")) : Optional.empty());
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException odd) {
      return EsProgress.NONE;
    }
  }

  private static RolloutProgress readRollout(JsonNode node) {
    return new RolloutProgress(
        stage(text(node, "stage")),
        members(node.path("set")),
        readTime(node.path("since")),
        counts(node.path("replicasBefore")),
        node.hasNonNull("terms") ? Optional.of(text(node, "terms")) : Optional.empty());
  }

  private static Stage stage(String word) {
    for (var each : Stage.values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException("no stage " + word);
  }

  private static List<Mark.Member> members(JsonNode node) {
    var members = new ArrayList<Mark.Member>();
    node.forEach(each -> members.add(readMember(each)));
    return members;
  }

  private static Mark.Member readMember(JsonNode node) {
    return new Mark.Member(
        new NodeName(text(node, "name")), new NodeId(text(node, "id")), text(node, "ephemeralId"));
  }

  private static Leaving readLeaving(JsonNode node) {
    return new Leaving(readMember(node.path("member")), readTime(node.path("since")));
  }

  private static SortedMap<String, Integer> counts(JsonNode node) {
    var counts = new TreeMap<String, Integer>();
    node.properties().forEach(each -> counts.put(each.getKey(), small(node, each.getKey())));
    return counts;
  }

  private static DrainProgress readDrain(JsonNode node) {
    return new DrainProgress(
        text(node, "request"),
        readTime(node.path("since")),
        new Bytes(number(node, "atFirst")),
        readTime(node.path("lastProgress")),
        small(node, "copiesLeft"));
  }

  private static SortedMap<NodeName, String> bounced(JsonNode node) {
    var bounced = new TreeMap<NodeName, String>();
    node.properties()
        .forEach(each -> bounced.put(new NodeName(each.getKey()), text(node, each.getKey())));
    return bounced;
  }

  private static SortedMap<NodeName, Instant> waiting(JsonNode node) {
    var waiting = new TreeMap<NodeName, Instant>();
    node.properties()
        .forEach(each -> waiting.put(new NodeName(each.getKey()), readTime(each.getValue())));
    return waiting;
  }

  private static <T> Optional<T> part(JsonNode node, String name, Function<JsonNode, T> read) {
    return node.hasNonNull(name) ? Optional.of(read.apply(node.path(name))) : Optional.empty();
  }

  private static Instant readTime(JsonNode node) {
    return Instant.parse(node.asText());
  }

  static String text(JsonNode node, String name) {
    if (!node.path(name).isTextual()) {
      throw new IllegalArgumentException("no text " + name);
    }
    return node.path(name).textValue();
  }

  private static long number(JsonNode node, String name) {
    if (!node.path(name).isIntegralNumber() || !node.path(name).canConvertToLong()) {
      throw new IllegalArgumentException("no number " + name);
    }
    return node.path(name).longValue();
  }

  private static int small(JsonNode node, String name) {
    return Math.toIntExact(number(node, name));
  }
}
