package dev.caretaker.port;

/** A call to the world that did not end well, told in the caller's terms. */
public final class PortException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is known about a failed call. */
  public enum Kind {
    /** It never reached the other side; nothing was done. */
    UNREACHABLE,
    /** The other side said no; nothing was done. */
    REFUSED,
    /** Not allowed: credentials or privileges. */
    DENIED,
    /** No answer, or an answer that proves nothing: it may have been done, or be done later. */
    UNKNOWN_OUTCOME
  }

  private final Kind kind;

  public PortException(Kind kind, String what, Throwable cause) {
    super(what, cause);
    this.kind = kind;
  }

  public PortException(Kind kind, String what) {
    super(what);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
