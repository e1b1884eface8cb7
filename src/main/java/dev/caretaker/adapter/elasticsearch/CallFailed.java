package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.port.PortException;

/** A call to one endpoint that did not end well; its message is a sentence without secrets. */
final class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** How far the call came. */
  enum Kind {
    /** No connection: nothing was asked. */
    UNREACHABLE,
    /** Connected, but no whole answer in time. */
    STALLED,
    /** The connection broke, or the answer made no sense or was too big. */
    BROKEN,
    /** The engine cannot answer now: no master, overloaded, failing. */
    UNAVAILABLE,
    /** 401 or 403. */
    DENIED,
    /** Any other 4xx: the question was wrong, and nothing was done. */
    REFUSED
  }

  private final Kind kind;
  private final int status;

  CallFailed(Kind kind, int status, String sentence) {
    super(sentence);
    this.kind = kind;
    this.status = status;
  }

  CallFailed(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
    this.status = 0;
  }

  Kind kind() {
    return kind;
  }

  /** The HTTP status; 0 where there was none. */
  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** Whether another endpoint may answer where this one did not. */
  boolean worthAnotherEndpoint() {
    return kind != Kind.DENIED && kind != Kind.REFUSED;
  }

  /** The same for a call that was to change something. */
  PortException asPortException() {
    var known =
        switch (kind) {
          case UNREACHABLE -> PortException.Kind.UNREACHABLE;
          case DENIED -> PortException.Kind.DENIED;
          case REFUSED -> PortException.Kind.REFUSED;
          case STALLED, BROKEN, UNAVAILABLE -> PortException.Kind.UNKNOWN_OUTCOME;
        };
    return new PortException(known, sentence(), this);
  }
}
