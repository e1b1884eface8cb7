package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.port.PortException;

/** Changes of a cluster and the questions before them, with what is certain after a failure. */
final class Asking {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Endpoints endpoints;

  Asking(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * Asks for a change.
   *
   * @throws PortException REFUSED with the engine's own words; UNKNOWN_OUTCOME also where not every
   *     node acknowledged it
   */
  void change(Call call) throws PortException {
    try {
      attempt(call);
    } catch (CallFailed failed) {
      throw failed.asPortException();
    }
  }

  /** The same where the caller knows better what a refusal means. */
  void attempt(Call call) throws CallFailed, PortException {
    var answer = endpoints.write(endpoint -> endpoint.ask(call, JSON::readTree));
    if (!answer.path("acknowledged").asBoolean(false)) {
      throw new PortException(
          PortException.Kind.UNKNOWN_OUTCOME,
          call + " was not acknowledged by every node in time; it may be applied later");
    }
  }

  /** A question before a change. Whatever goes wrong here, nothing was done. */
  JsonNode question(Call call) throws PortException {
    return question(endpoint -> endpoint.ask(call, JSON::readTree));
  }

  /** Several of them, asked of one endpoint. */
  <T> T question(Endpoints.Attempt<T> attempt) throws PortException {
    try {
      return endpoints.read(attempt);
    } catch (CallFailed failed) {
      var kind =
          switch (failed.kind()) {
            case DENIED -> PortException.Kind.DENIED;
            case REFUSED -> PortException.Kind.REFUSED;
            case UNREACHABLE, STALLED, BROKEN, UNAVAILABLE -> PortException.Kind.UNREACHABLE;
          };
      throw new PortException(kind, failed.sentence(), failed);
    }
  }
}
