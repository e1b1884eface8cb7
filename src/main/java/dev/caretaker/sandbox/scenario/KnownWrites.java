package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Side;
import java.util.List;
import java.util.Set;

/**
 * Every change that the operator may make, by shape: routing settings only together with the mark
 * that explains them, nothing in the transient scope, and the few other calls that it has.
 */
final class KnownWrites {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "cluster.metadata.caretaker.";
  private static final Set<String> ROUTING =
      Set.of("cluster.routing.allocation.enable", "cluster.routing.rebalance.enable");

  private static final String EXCLUDE = "cluster.routing.allocation.exclude.";

  private final String owner;

  /**
   * @param owner the one resource that may sign, as namespace/name
   */
  KnownWrites(String owner) {
    this.owner = owner;
  }

  /** The changes that nothing explains. */
  List<Effect> unexplained(List<Effect> effects) {
    return effects.stream().filter(effect -> !explained(effect)).toList();
  }

  private boolean explained(Effect effect) {
    return switch (effect.side()) {
      case KUBERNETES -> effect.path().contains("/esclusters/");
      case HOST ->
          effect.asksSupervisord()
              || effect.path().matches("/programs/[^/]+/(start|stop\\?token=.+)");
      case ENGINE -> effect.isSettings() ? explainedSettings(effect) : knownCall(effect);
    };
  }

  private static boolean knownCall(Effect effect) {
    var path = effect.path().split("\\?", 2)[0];
    boolean flush = effect.method().equals("POST") && path.matches("(/_all)?/_flush");
    boolean reroute = effect.method().equals("POST") && path.equals("/_cluster/reroute");
    boolean replicas =
        effect.method().equals("PUT")
            && path.matches("/[^/]+/_settings")
            && effect.body().contains("number_of_replicas");
    return flush || reroute || replicas;
  }

  private boolean explainedSettings(Effect effect) {
    JsonNode body;
    try {
      body = JSON.readTree(effect.body());
    } catch (JsonProcessingException e) {
      return false;
    }
    boolean transientsStay = body.path("transient").isEmpty();
    boolean signed = false;
    for (var setting : body.path("persistent").properties()) {
      var key = setting.getKey();
      if (!key.startsWith(MARK) && !ROUTING.contains(key) && !key.startsWith(EXCLUDE)) {
        return false;
      }
      if (key.equals(MARK + "owner")) {
        var value = setting.getValue();
        signed = value.isNull() || value.asText().startsWith(owner + "/");
      }
    }
    return transientsStay && signed && effect.side() == Side.ENGINE;
  }
}
