package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.ClusterView.Health;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.port.PortException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts ask and look at, in words. */
abstract class ContractSteps {
  static final NodeName SPOT = new NodeName("spot1");
  static final ShardId DAILY = new ShardId("daily", 0);

  private @Nullable Ground opened;

  /** An empty, healthy cluster with every setting at its default. */
  abstract Ground prepare();

  @BeforeEach
  void open() {
    opened = prepare();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  Ground ground() {
    return Objects.requireNonNull(opened);
  }

  void perform(EsAction.OnEngine action) {
    try {
      ground().engine().perform(action);
    } catch (PortException failed) {
      throw new AssertionError(failed);
    }
  }

  void persistent(Map<String, Optional<String>> values) {
    perform(new EsAction.PutSettings(new TreeMap<>(values), new TreeMap<>()));
  }

  void persistent(String key, String value) {
    persistent(Map.of(key, Optional.of(value)));
  }

  PortException refusal(EsAction.OnEngine action) {
    var failure =
        catchThrowableOfType(PortException.class, () -> ground().engine().perform(action));
    assertThat(failure).as("%s is refused", action).isNotNull();
    assertThat(failure.kind()).isEqualTo(PortException.Kind.REFUSED);
    return failure;
  }

  void freeze() {
    persistent(Routing.ENABLE, "new_primaries");
  }

  NodeView node(NodeName name) {
    return ground().view().node(name).orElseThrow();
  }

  static NodeId primaryNode(ClusterView view, ShardId shard) {
    return view.copiesOf(shard).stream()
        .filter(ShardCopy::primary)
        .findFirst()
        .flatMap(ShardCopy::node)
        .orElseThrow();
  }

  static NodeId anotherNode(ClusterView view, ShardId shard) {
    return view.nodes().stream()
        .map(NodeView::id)
        .filter(id -> view.copiesOf(shard).stream().noneMatch(copy -> copy.touches(id)))
        .findFirst()
        .orElseThrow();
  }

  static boolean settled(ClusterView view) {
    return view.health() == Health.GREEN
        && view.allCopies().noneMatch(copy -> copy.state() == State.RELOCATING);
  }

  static boolean on(ClusterView view, ShardId shard, NodeId node) {
    return view.copiesOf(shard).stream()
        .anyMatch(copy -> copy.state() == State.STARTED && copy.isOn(node));
  }
}
