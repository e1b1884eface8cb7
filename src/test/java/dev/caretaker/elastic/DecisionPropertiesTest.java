package dev.caretaker.elastic;

import static dev.caretaker.testkit.ACluster.anEmptyCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.script;
import static dev.caretaker.testkit.Script.withoutPuts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every decision about any cluster, however ill it is. */
class DecisionPropertiesTest {
  private static final List<String> NODES =
      List.of("backup1", "backup2", "spot1", "spot2", "spot3");
  private static final int PASSES = 12;

  /** A cluster with shards anywhere, some moving or missing, and nodes frozen or away. */
  private static ACluster anyCluster(Random random) {
    var cluster = anEmptyCluster();
    for (var name : NODES) {
      var node = ANode.aNode(name).freeGib(8 + random.nextInt(80));
      cluster.with(random.nextInt(12) == 0 ? node.silent() : node);
    }
    for (int shard = 0; shard < 1 + random.nextInt(8); shard++) {
      anyShard(cluster, random, shard);
    }
    if (random.nextInt(6) == 0) {
      cluster.leaves(any(random), HostProcess.State.DIED);
    }
    return cluster;
  }

  private static void anyShard(ACluster cluster, Random random, int number) {
    var index = "logs" + random.nextInt(3) + "x" + number;
    int first = random.nextInt(NODES.size());
    int second = (first + 1 + random.nextInt(NODES.size() - 1)) % NODES.size();
    if (random.nextInt(8) == 0) {
      cluster.shard(index, 0, NODES.get(first));
    } else {
      cluster.shard(index, 0, NODES.get(first), NODES.get(second));
    }
    if (random.nextInt(10) == 0) {
      cluster.copy(index, 0, State.UNASSIGNED, "", "", "NODE_LEFT");
    }
  }

  private static String any(Random random) {
    return NODES.get(random.nextInt(NODES.size()));
  }

  private static APolicy bounceAll() {
    return aPolicy().restartedAt(NOW).maxUnavailable(2);
  }

  private static List<String> stopped(EsDecision decision) {
    return decision.actions().stream()
        .filter(EsAction.StopNode.class::isInstance)
        .map(action -> ((EsAction.StopNode) action).node().value())
        .toList();
  }

  /** Whether each shard that has a safe copy now keeps one on a node that answers. */
  private static boolean keepsASafeCopy(ClusterView view, List<String> going) {
    return view.copies().values().stream()
        .filter(group -> group.stream().anyMatch(ShardCopy::isSafeCopy))
        .allMatch(group -> group.stream().anyMatch(copy -> staysSafe(view, copy, going)));
  }

  private static boolean staysSafe(ClusterView view, ShardCopy copy, List<String> going) {
    return copy.isSafeCopy()
        && copy.node()
            .flatMap(view::node)
            .filter(node -> node.answers() && !going.contains(node.name().value()))
            .isPresent();
  }

  /** On a shard that no node of the set holds, a frozen node elsewhere has no bearing. */
  private static boolean touches(ClusterView view, List<String> going) {
    return going.stream()
        .map(NodeName::new)
        .flatMap(name -> view.node(name).stream())
        .anyMatch(node -> view.copiesTouching(node.id()).findAny().isPresent());
  }

  @Property(tries = 300)
  void neverStopsANodeWhileAShardWouldLoseItsLastSafeCopy(@ForAll long seed) {
    var random = new Random(seed);
    var cluster = anyCluster(random);
    var script = script(bounceAll(), cluster).carriesOutCommands();
    for (int pass = 0; pass < PASSES; pass++) {
      var before = cluster.cluster();
      var going = stopped(script.passes());
      if (!going.isEmpty() && touches(before, going)) {
        var held = new java.util.TreeMap<>(before.copies());
        held.values().removeIf(group -> noneOn(before, group, going));
        assertThat(keepsASafeCopy(withCopies(before, held), going)).as("stops %s", going).isTrue();
      }
      going.forEach(name -> cluster.leaves(name, HostProcess.State.STOPPED));
    }
  }

  private static boolean noneOn(ClusterView view, List<ShardCopy> group, List<String> going) {
    return group.stream()
        .flatMap(copy -> copy.node().flatMap(view::node).stream())
        .noneMatch(node -> going.contains(node.name().value()));
  }

  private static ClusterView withCopies(
      ClusterView view,
      java.util.SortedMap<dev.caretaker.elastic.model.ShardId, List<ShardCopy>> copies) {
    return new ClusterView(
        view.uuid(),
        view.engine(),
        view.fromMaster(),
        view.master(),
        view.voters(),
        view.nodes(),
        copies,
        view.indices(),
        view.sizes(),
        view.settings(),
        view.pendingTasks(),
        view.explanations());
  }

  @Property(tries = 200)
  void neverHasMoreNodesDownThanAllowed(@ForAll long seed) {
    var random = new Random(seed);
    var cluster = anyCluster(random);
    var script = script(aPolicy().restartedAt(NOW), cluster).carriesOutCommands();
    for (int pass = 0; pass < PASSES; pass++) {
      var going = stopped(script.passes());
      going.forEach(name -> cluster.leaves(name, HostProcess.State.STOPPED));
      assertThat(going).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Property(tries = 200)
  void shouldDecideTheSameTwice(@ForAll long seed, @ForAll @IntRange(max = 8) int passes) {
    var script = script(bounceAll(), anyCluster(new Random(seed)));
    for (int pass = 0; pass < passes; pass++) {
      script.passes();
    }
    var decider = new EsDecider(Guards.standard());
    var policy = script.policy.build();
    var view = script.cluster.view(NOW);

    assertThat(decider.decide(policy, view, script.progress(), List.of(), NOW))
        .isEqualTo(decider.decide(policy, view, script.progress(), List.of(), NOW));
  }

  @Property(tries = 200)
  void neverDisturbsWhilePausedForeignOrUnknown(
      @ForAll long seed,
      @ForAll @IntRange(max = 8) int passes,
      @ForAll @IntRange(max = 3) int why) {
    var script = script(bounceAll(), anyCluster(new Random(seed))).carriesOutCommands();
    for (int pass = 0; pass < passes; pass++) {
      script.passes();
    }
    switch (why) {
      case 0 -> script.policy.paused();
      case 1 -> script.cluster.persistent("cluster.metadata.caretaker.owner", "other/one/uid");
      case 2 -> script.cluster.unreadable("timed out");
      default -> script.cluster.transients(Routing.ENABLE, "none");
    }
    for (int pass = 0; pass < PASSES; pass++) {
      assertThat(withoutPuts(script.passes())).noneMatch(EsAction::disruptive);
    }
  }

  @Property(tries = 200)
  void neverWritesSettingsForEver(@ForAll long seed) {
    var script = script(bounceAll(), anyCluster(new Random(seed)));

    assertThat(Script.puts(script.settles())).isEmpty();
  }
}
