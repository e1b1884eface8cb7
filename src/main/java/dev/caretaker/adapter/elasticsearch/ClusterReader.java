package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.NodeView.Disk;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts one view together from the answers of one endpoint. */
final class ClusterReader {
  private static final String PENDING_PATH = "/_cluster/health?filter_path=number_of_pending_tasks";

  private final String zoneAttribute;
  private final Duration within;
  private final Explainer explainer;
  private final Sizes sizes;

  /** What a process may do never changes while it lives, but only it tells on ES 6. */
  private final Map<String, Set<Role>> rolesByEphemeralId = new ConcurrentHashMap<>();

  ClusterReader(EsConnection connection) {
    this.zoneAttribute = connection.zoneAttribute();
    this.within = connection.timeouts().read();
    this.explainer = new Explainer(connection.zoneAttribute(), within);
    this.sizes = new Sizes(within);
  }

  /**
   * Reads everything; only sizes, disks and explanations may be missing.
   *
   * <p>Settings come first: the routing table is then at least as new as the settings, so that "in
   * force, and nothing moves" cannot be put together from two different moments.
   */
  ClusterView read(Endpoint endpoint, Set<ShardId> explain) throws CallFailed {
    var settings = endpoint.ask(Call.get(SettingsParser.PATH, within), SettingsParser::parse);
    var state = endpoint.ask(Call.get(StateParser.PATH, within), StateParser::parse);
    if (state.hidden().isPresent()) {
      throw notRecovered(endpoint, state.hidden().get());
    }
    var answers = endpoint.ask(Call.get(NodeAnswers.PATH, within), NodeAnswers::parse);
    var engine = engine(endpoint, state, answers);
    var nodes = nodes(endpoint, state, answers, engine, settings);
    return new ClusterView(
        state.uuid(),
        engine,
        true,
        state.master(),
        voters(engine, state, nodes),
        nodes,
        state.copies(),
        state.indices(),
        shardSizes(endpoint, answers),
        settings,
        pendingTasks(endpoint),
        explainer.explain(endpoint, explain, state, nodes, settings));
  }

  /** Such a state lists no index, which is not the same as that there is none. */
  private static CallFailed notRecovered(Endpoint endpoint, String block) {
    return new CallFailed(
        CallFailed.Kind.UNAVAILABLE,
        0,
        "the cluster has not recovered its indices and settings, says "
            + endpoint
            + " ("
            + block
            + "): start the nodes that gateway.recover_after_* waits for");
  }

  private static Engine engine(Endpoint endpoint, MasterState state, NodeAnswers answers)
      throws CallFailed {
    // In an upgrade versions differ: the master's says which API answers.
    var telling =
        state
            .master()
            .flatMap(id -> Optional.ofNullable(answers.answers().get(id)))
            .or(
                () ->
                    answers.answers().values().stream()
                        .min(Comparator.comparing(NodeAnswers.Answer::version)));
    if (telling.isEmpty()) {
      throw new CallFailed(
          CallFailed.Kind.UNAVAILABLE, 0, "no node told its version to " + endpoint);
    }
    return telling.get().engine();
  }

  private List<NodeView> nodes(
      Endpoint endpoint,
      MasterState state,
      NodeAnswers answers,
      Engine engine,
      ClusterSettings settings) {
    var disks = disks(endpoint);
    var alive = new HashSet<String>();
    state.members().forEach(member -> alive.add(member.ephemeralId()));
    rolesByEphemeralId.keySet().retainAll(alive);
    return state.members().stream()
        .map(
            member -> {
              var answer = Optional.ofNullable(answers.answers().get(member.id()));
              return new NodeView(
                  member.id(),
                  member.name(),
                  member.ephemeralId(),
                  Optional.ofNullable(member.attributes().get(zoneAttribute)).map(ZoneName::new),
                  roles(member, answer, state),
                  answer.flatMap(NodeAnswers.Answer::startedAt),
                  Optional.ofNullable(disks.get(member.id())),
                  engine.votesByMinimumMasterNodes()
                      ? answer.map(each -> quorum(each, settings))
                      : Optional.empty());
            })
        .sorted(Comparator.comparing(NodeView::name).thenComparing(NodeView::id))
        .toList();
  }

  private Set<Role> roles(
      MasterState.Member member, Optional<NodeAnswers.Answer> answer, MasterState state) {
    var told = member.roles().or(() -> answer.map(NodeAnswers.Answer::roles));
    if (told.isPresent()) {
      rolesByEphemeralId.put(member.ephemeralId(), told.get());
      return told.get();
    }
    var earlier = rolesByEphemeralId.get(member.ephemeralId());
    return earlier != null ? earlier : evident(member.id(), state);
  }

  /** The roles of a node that never answered, as far as the state betrays them. */
  private static Set<Role> evident(NodeId id, MasterState state) {
    var roles = new HashSet<Role>();
    if (state.voters().contains(id) || state.master().filter(id::equals).isPresent()) {
      roles.add(Role.MASTER);
    }
    boolean holds =
        state.copies().values().stream()
            .anyMatch(copies -> copies.stream().anyMatch(copy -> copy.touches(id)));
    if (holds) {
      roles.add(Role.DATA);
    }
    return roles;
  }

  /** The setting is dynamic: a cluster-wide value outranks the node's own file. */
  private static int quorum(NodeAnswers.Answer answer, ClusterSettings settings) {
    var scopes = new HashMap<>(settings.persistent());
    scopes.putAll(settings.transientScope());
    var clusterWide = scopes.getOrDefault(SettingsParser.QUORUM, "");
    int believed =
        clusterWide.matches("\\d{1,6}")
            ? Integer.parseInt(clusterWide)
            : answer.minimumMasterNodes().orElse(1);
    // Unset is written as -1: any single master-eligible node is then enough.
    return Math.max(1, believed);
  }

  private static Set<NodeId> voters(Engine engine, MasterState state, List<NodeView> nodes) {
    if (!engine.votesByMinimumMasterNodes()) {
      return state.voters();
    }
    var eligible = new HashSet<NodeId>();
    nodes.stream().filter(NodeView::masterEligible).forEach(node -> eligible.add(node.id()));
    return eligible;
  }

  private Map<NodeId, Disk> disks(Endpoint endpoint) {
    try {
      return endpoint.ask(Call.get(NodeAnswers.DISKS_PATH, within), NodeAnswers::parseDisks);
    } catch (CallFailed missing) {
      return Map.of();
    }
  }

  private Map<ShardId, Bytes> shardSizes(Endpoint endpoint, NodeAnswers answers) {
    // This call has no time-out of its own and waits for a frozen node as long as we do.
    return answers.failed() > 0 ? sizes.lastRead() : sizes.read(endpoint);
  }

  private int pendingTasks(Endpoint endpoint) throws CallFailed {
    return endpoint.ask(
        Call.get(PENDING_PATH, within),
        body ->
            JsonStream.read(
                body,
                json -> {
                  int[] count = new int[1];
                  json.fields(name -> count[0] = (int) json.number(0));
                  return count[0];
                }));
  }
}
