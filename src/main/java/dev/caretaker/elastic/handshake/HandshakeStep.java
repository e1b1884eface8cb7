package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What the requests of fleets come to now.
 *
 * @param reason what is done or waited for; empty where no request is open
 * @param refusals what speaks against a machine's leaving
 * @param underWay whether another one is on its way out, so that nobody has to be called yet
 */
public record HandshakeStep(
    List<EsAction> actions, Optional<Reason> reason, List<Refusal> refusals, boolean underWay) {
  public HandshakeStep {
    actions = List.copyOf(actions);
    refusals = List.copyOf(refusals);
  }
}
