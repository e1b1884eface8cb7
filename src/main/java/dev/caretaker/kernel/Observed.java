package dev.caretaker.kernel;

import java.util.Optional;
import java.util.function.Function;

/** What was read, or why it could not be read. Unknown is neither empty nor gone. */
public sealed interface Observed<T> {

  /** A value that was read. */
  record Known<T>(T value) implements Observed<T> {}

  /** A read that failed, and why. */
  record Unknown<T>(String cause) implements Observed<T> {}

  static <T> Observed<T> known(T value) {
    return new Known<>(value);
  }

  static <T> Observed<T> unknown(String cause) {
    return new Unknown<>(cause);
  }

  /** The value where it is known; deciders that take this path must treat absence as refusal. */
  default Optional<T> ifKnown() {
    return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
  }

  default <R> Observed<R> map(Function<T, R> change) {
    if (this instanceof Known<T> known) {
      return new Known<>(change.apply(known.value()));
    }
    return new Unknown<>(((Unknown<T>) this).cause());
  }
}
