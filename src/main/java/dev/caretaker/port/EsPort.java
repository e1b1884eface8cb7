package dev.caretaker.port;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import java.util.List;
import java.util.Set;

/** One Elasticsearch or OpenSearch cluster. */
public interface EsPort {

  /**
   * Reads the cluster anew.
   *
   * @param explain shards for whose copies the engine shall say why they stay where they are
   */
  Observed<ClusterView> read(Set<ShardId> explain);

  /** Whether a real query is answered in time; Unknown where nothing could be asked. */
  Observed<Boolean> probe();

  /**
   * How the copies that stand came from other nodes, for forecasts; Unknown where nobody tells.
   * Nothing that is done rests on it.
   */
  default Observed<List<Recovery>> recoveries() {
    return Observed.unknown("nobody tells how fast copies were built");
  }

  /**
   * Asks the engine for one change. A return proves nothing; the next read does.
   *
   * @throws PortException saying whether it may have been done all the same
   */
  void perform(EsAction.OnEngine action) throws PortException;
}
