package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.kernel.Observed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A real search: it tells a cluster that serves from one whose status merely stalls. */
final class ProbeQuery {
  private static final String NOTHING_BUT_A_COUNT = "{\"size\":0}";

  private final EsConnection.Probe probe;
  private final Duration silence;
  private final String path;

  ProbeQuery(EsConnection connection) {
    this.probe = connection.probe();
    this.silence = connection.timeouts().connect();
    // A named index must answer whole; of all of them one may be red without saying much.
    this.path =
        probe.index().map(index -> "/" + Call.segment(index)).orElse("")
            + "/_search?filter_path=timed_out&allow_partial_search_results="
            + probe.index().isEmpty();
  }

  /** Unknown where no query could be asked; false where it was asked and not answered well. */
  Observed<Boolean> ask(Endpoints endpoints) {
    var call = Call.post(path, NOTHING_BUT_A_COUNT, probe.timeout());
    try {
      return Observed.known(endpoints.read(endpoint -> served(endpoint, call)));
    } catch (CallFailed failed) {
      return switch (failed.kind()) {
        case STALLED, UNAVAILABLE -> Observed.known(false);
        case REFUSED -> Observed.unknown(refused(failed));
        case UNREACHABLE, BROKEN, DENIED -> Observed.unknown(failed.sentence());
      };
    }
  }

  /**
   * A query that stalls is tried elsewhere only where its endpoint is silent altogether. Otherwise
   * some node behind it is frozen, and every endpoint would wait for that one as long.
   */
  private boolean served(Endpoint endpoint, Call call) throws CallFailed {
    try {
      return endpoint.ask(call, ProbeQuery::inTime);
    } catch (CallFailed failed) {
      if (failed.kind() == CallFailed.Kind.STALLED && endpoint.answersForItself(silence)) {
        return false;
      }
      throw failed;
    }
  }

  private String refused(CallFailed failed) {
    return failed.status() == 404 && probe.index().isPresent()
        ? "the probe index " + probe.index().get() + " does not exist: create it, or name another"
        : failed.sentence();
  }

  private static boolean inTime(InputStream body) throws IOException {
    return JsonStream.read(
        body,
        json -> {
          boolean[] timedOut = new boolean[1];
          json.fields(name -> timedOut[0] = json.yes());
          return !timedOut[0];
        });
  }
}
