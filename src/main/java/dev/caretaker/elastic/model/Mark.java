package dev.caretaker.elastic.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Caretaker leaves in the cluster, in the same write as the routing, so that everybody sees
 * who holds what and a lost status can be rebuilt.
 *
 * @param owner namespace/name and UID of the resource that holds the cluster
 * @param sequence counts the writes of this owner; with the content it makes the nonce
 * @param procedure such as {@code Rollout}; {@code Baseline} where only declared values stand
 * @param stage of the procedure; {@code None} where it has none
 * @param set the nodes the procedure is about to stop or has stopped
 * @param replicasBefore the replica count of each index for which it was raised
 * @param wrote the persistent routing values of the same write
 * @param request what was asked, as {@code EsPolicy.request()} says it
 * @param leaving machines of fleets that were seen empty and are about to be stopped for good
 */
public record Mark(
    String owner,
    long sequence,
    String procedure,
    String stage,
    List<Member> set,
    SortedMap<String, Integer> replicasBefore,
    SortedMap<String, String> wrote,
    String request,
    List<Member> leaving) {
  public static final String PREFIX = "cluster.metadata.caretaker.";
  public static final String RELEASED = PREFIX + "released";
  private static final String OWNER = PREFIX + "owner";
  private static final String NONCE = PREFIX + "nonce";
  private static final String PROCEDURE = PREFIX + "procedure";
  private static final String STAGE = PREFIX + "stage";
  private static final String NODES = PREFIX + "nodes";
  private static final String REPLICAS = PREFIX + "replicas-before";
  private static final String WROTE = PREFIX + "wrote";
  private static final String REQUEST = PREFIX + "request";
  private static final String LEAVING = PREFIX + "leaving";
  private static final List<String> KEYS =
      List.of(OWNER, NONCE, PROCEDURE, STAGE, NODES, REPLICAS, WROTE, REQUEST, LEAVING);

  /** A node of the set in the incarnation it was chosen in. */
  public record Member(NodeName name, NodeId id, String ephemeralId) {}

  public Mark {
    set = List.copyOf(set);
    leaving = List.copyOf(leaving);
    replicasBefore = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(replicasBefore));
    wrote = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(wrote));
  }

  /** A mark without a machine that is about to leave. */
  public Mark(
      String owner,
      long sequence,
      String procedure,
      String stage,
      List<Member> set,
      SortedMap<String, Integer> replicasBefore,
      SortedMap<String, String> wrote,
      String request) {
    this(owner, sequence, procedure, stage, set, replicasBefore, wrote, request, List.of());
  }

  /** What makes this write different from every other one of the same owner. */
  public String nonce() {
    var content =
        List.of(owner, procedure, stage, set, replicasBefore, wrote, request, leaving).hashCode();
    return sequence + "-" + Integer.toHexString(content);
  }

  public Mark numbered(long next) {
    return new Mark(owner, next, procedure, stage, set, replicasBefore, wrote, request, leaving);
  }

  /** Whether both say the same, whatever their number. */
  public boolean sameContent(Mark other) {
    return numbered(0).equals(other.numbered(0));
  }

  /** The mark as settings. */
  public SortedMap<String, Optional<String>> settings() {
    var settings = new TreeMap<String, Optional<String>>();
    settings.put(OWNER, Optional.of(owner));
    settings.put(NONCE, Optional.of(nonce()));
    settings.put(PROCEDURE, Optional.of(procedure));
    settings.put(STAGE, Optional.of(stage));
    settings.put(NODES, MarkText.members(set));
    settings.put(REPLICAS, MarkText.counts(replicasBefore));
    settings.put(WROTE, MarkText.values(wrote));
    settings.put(REQUEST, Optional.of(request));
    settings.put(LEAVING, MarkText.members(leaving));
    return settings;
  }

  /** The settings that remove a mark. */
  public static SortedMap<String, Optional<String>> removal() {
    var settings = new TreeMap<String, Optional<String>>();
    KEYS.forEach(key -> settings.put(key, Optional.empty()));
    return settings;
  }

  /** The mark that stands in the persistent scope; empty where none does. */
  public static Optional<Mark> in(Map<String, String> persistent) {
    var owner = persistent.get(OWNER);
    if (owner == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Mark(
            owner,
            MarkText.sequence(persistent.getOrDefault(NONCE, "0")),
            persistent.getOrDefault(PROCEDURE, "Unknown"),
            persistent.getOrDefault(STAGE, "Unknown"),
            MarkText.readMembers(persistent.getOrDefault(NODES, "")),
            MarkText.readCounts(persistent.getOrDefault(REPLICAS, "")),
            MarkText.readValues(persistent.getOrDefault(WROTE, "")),
            persistent.getOrDefault(REQUEST, ""),
            MarkText.readMembers(persistent.getOrDefault(LEAVING, ""))));
  }

  /** The nonce that stands in the persistent scope, as it is written there. */
  public static Optional<String> nonceIn(Map<String, String> persistent) {
    return Optional.ofNullable(persistent.get(NONCE));
  }
}
