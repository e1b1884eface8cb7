package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ShardId;
import java.util.List;
import java.util.SortedMap;

/**
 * What would bring every exposed shard of a set to safety, a step at a time.
 *
 * @param actions moves and allocations that may be asked for now
 * @param raise indices that need one replica more for the time, with the count they have
 * @param onTheWay exposed shards that wait for a move under way or for its turn
 * @param stuck exposed shards for which nothing is left to try, each with why
 */
public record ShelterPlan(
    List<EsAction> actions,
    SortedMap<String, Integer> raise,
    List<ShardId> onTheWay,
    SortedMap<ShardId, String> stuck) {
  public ShelterPlan {
    actions = List.copyOf(actions);
    onTheWay = List.copyOf(onTheWay);
  }
}
