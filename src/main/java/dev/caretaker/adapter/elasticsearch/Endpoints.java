package dev.caretaker.adapter.elasticsearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cluster's addresses in order. The one that answered last is asked first, so that a stalled one
 * costs its time-out once, not in every pass.
 */
final class Endpoints implements AutoCloseable {
  private final List<Endpoint> inOrder;
  private final AtomicInteger answeredLast = new AtomicInteger();

  Endpoints(EsConnection connection) {
    var trust = connection.ca().map(Tls::trusting).orElse(null);
    this.inOrder =
        connection.endpoints().stream().map(uri -> new Endpoint(uri, connection, trust)).toList();
  }

  /** Something to ask of one endpoint. */
  interface Attempt<T> {
    T on(Endpoint endpoint) throws CallFailed;
  }

  /** Which failures leave it open that another endpoint does better. */
  interface GoOn {
    boolean after(CallFailed failure);
  }

  /** A question that may be asked twice. */
  <T> T read(Attempt<T> attempt) throws CallFailed {
    return first(attempt, CallFailed::worthAnotherEndpoint);
  }

  /** The first whose node answers for itself; it is asked first from now on. */
  Optional<Endpoint> answeringForItself(Duration within) {
    for (int turn = 0; turn < inOrder.size(); turn++) {
      if (inOrder.get(turn).answersForItself(within)) {
        answeredLast.set(turn);
        return Optional.of(inOrder.get(turn));
      }
    }
    return Optional.empty();
  }

  /** A change: it goes to another endpoint only where it is certain that none has it. */
  <T> T write(Attempt<T> attempt) throws CallFailed {
    return first(attempt, failure -> failure.kind() == CallFailed.Kind.UNREACHABLE);
  }

  private <T> T first(Attempt<T> attempt, GoOn goOn) throws CallFailed {
    var failures = new ArrayList<CallFailed>();
    int start = answeredLast.get();
    for (int i = 0; i < inOrder.size(); i++) {
      int turn = (start + i) % inOrder.size();
      try {
        var answer = attempt.on(inOrder.get(turn));
        answeredLast.set(turn);
        return answer;
      } catch (CallFailed failure) {
        failures.add(failure);
        if (!goOn.after(failure)) {
          break;
        }
      }
    }
    throw together(failures);
  }

  /** The failure that came furthest, with what the others said. */
  private static CallFailed together(List<CallFailed> failures) {
    var last = failures.get(failures.size() - 1);
    if (failures.size() == 1) {
      return last;
    }
    var furthest = failures.get(0);
    for (var failure : failures) {
      if (failure.kind().compareTo(furthest.kind()) > 0) {
        furthest = failure;
      }
    }
    var sentences = String.join("; ", failures.stream().map(CallFailed::sentence).toList());
    return new CallFailed(furthest.kind(), sentences, furthest);
  }

  @Override
  public void close() {
    for (var endpoint : inOrder) {
      try {
        endpoint.close();
      } catch (IOException stuck) {
        throw new UncheckedIOException("closing " + endpoint, stuck);
      }
    }
  }
}
