package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.ClusterView.Health;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How nodes leave, return, are lost and stall, through both ports. */
abstract class NodesContract extends ContractSteps {

  @Test
  void shouldSeeAStoppedNodeLeaveAndTheSameNodeReturn() throws PortException {
    ground().createIndex("daily", 1, 2);
    ground().await("three copies", ContractSteps::settled);
    var before = node(SPOT);
    freeze();
    assertThat(refusalOfStop("1@1").kind()).isEqualTo(PortException.Kind.REFUSED);

    ground().hosts().perform(new EsAction.StopNode(SPOT, process().incarnation().orElseThrow()));

    var gone = ground().await("spot1 gone", view -> view.node(SPOT).isEmpty());
    assertThat(gone.copiesOf(DAILY)).hasSize(3).filteredOn(ShardCopy::isSafeCopy).hasSize(2);
    assertThat(gone.copiesOf(DAILY))
        .filteredOn(copy -> copy.state() == State.UNASSIGNED)
        .extracting(ShardCopy::unassignedBecause)
        .containsExactly(Optional.of("NODE_LEFT"));
    awaitProcess(HostProcess.State.STOPPED);

    ground().hosts().perform(new EsAction.StartNode(SPOT));

    var back = ground().await("spot1 back", view -> answers(view, SPOT)).node(SPOT).orElseThrow();
    assertThat(process().running()).isTrue();
    assertThat(back.id()).isEqualTo(before.id());
    assertThat(back.ephemeralId()).isNotEqualTo(before.ephemeralId());
    assertThat(back.startedAt().orElseThrow()).isAfter(before.startedAt().orElseThrow());
    persistent(Map.of(Routing.ENABLE, Optional.empty()));
    ground().await("three copies again", ContractSteps::settled);
  }

  private PortException refusalOfStop(String incarnation) {
    return catchThrowableOfType(
        PortException.class,
        () -> ground().hosts().perform(new EsAction.StopNode(SPOT, incarnation)));
  }

  private HostProcess process() {
    return ground().hosts().read(SPOT).ifKnown().orElseThrow();
  }

  private void awaitProcess(HostProcess.State state) {
    for (int looks = 0; ground().aMoment(looks); looks++) {
      if (process().state() == state) {
        return;
      }
    }
    throw new AssertionError("spot1 never became " + state + " but is " + process());
  }

  private static boolean answers(ClusterView view, NodeName name) {
    return view.node(name).filter(NodeView::answers).isPresent();
  }

  @Test
  void neverGuessesWhatAFrozenMasterWouldSay() {
    var view = ground().view();
    var master = view.master().flatMap(view::node).orElseThrow().name();
    var freeze = new TreeMap<>(Map.of(Routing.ENABLE, Optional.of("new_primaries")));
    ground().freeze(master);
    try {
      assertThat(ground().engine().read(Set.of())).isInstanceOf(Observed.Unknown.class);

      var failure =
          catchThrowableOfType(
              PortException.class,
              () -> ground().engine().perform(new EsAction.PutSettings(freeze, new TreeMap<>())));

      assertThat(failure.kind()).isEqualTo(PortException.Kind.UNKNOWN_OUTCOME);
    } finally {
      ground().thaw(master);
    }
    ground().await("three nodes that answer", NodesContract::allAnswer);
  }

  @Test
  void shouldSeeThatAFrozenNodeIsAMemberThatDoesNotAnswer() {
    ground().createIndex("daily", 6, 0);
    var view = ground().await("started", ContractSteps::settled);
    var frozen =
        view.nodes().stream()
            .filter(node -> view.master().filter(node.id()::equals).isEmpty())
            .findFirst()
            .orElseThrow()
            .name();
    ground().freeze(frozen);
    try {
      var node = node(frozen);

      assertThat(node.answers()).isFalse();
      assertThat(node.masterEligible()).isTrue();
      assertThat(node.holdsData()).isTrue();
      assertThat(ground().view().health()).isEqualTo(Health.GREEN);
      assertThat(ground().engine().probe()).isEqualTo(Observed.known(false));
    } finally {
      ground().thaw(frozen);
    }
    ground().await("three nodes that answer", NodesContract::allAnswer);
  }

  private static boolean allAnswer(ClusterView view) {
    return view.nodes().size() == 3 && view.nodes().stream().allMatch(NodeView::answers);
  }

  @Test
  void shouldSeeAWipedNodeAsANewOneOfTheSameName() throws PortException {
    var before = node(SPOT);

    ground().wipe(SPOT);
    awaitProcess(HostProcess.State.DIED);
    ground().await("spot1 gone", view -> view.node(SPOT).isEmpty());
    ground().hosts().perform(new EsAction.StartNode(SPOT));

    var back = ground().await("spot1 back", view -> answers(view, SPOT)).node(SPOT).orElseThrow();
    assertThat(back.id()).isNotEqualTo(before.id());
  }
}
