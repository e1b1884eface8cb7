package dev.caretaker.fleet;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PurchaseError.Kind;
import java.time.Duration;

/** How long nothing is bought after an error, and of what: minutes, for markets change. */
final class CoolingTimes {
  static final Duration CAPACITY = Duration.ofMinutes(5);
  static final Duration NOT_JOINED = Duration.ofMinutes(30);
  static final Duration ADVISED = Duration.ofMinutes(10);
  private static final Duration QUOTA = Duration.ofMinutes(10);
  private static final Duration WRONG = Duration.ofMinutes(15);
  private static final Duration UNSUPPORTED = Duration.ofHours(6);

  /** Families whose vCPUs EC2 counts together as Standard. */
  private static final String STANDARD = "acdhimrtz";

  private CoolingTimes() {}

  static Duration after(Kind kind) {
    return switch (kind) {
      case CAPACITY, PRICE -> CAPACITY;
      case QUOTA, ADDRESSES -> QUOTA;
      case TAGS, REQUEST, DENIED -> WRONG;
      case UNSUPPORTED -> UNSUPPORTED;
    };
  }

  /** Whether an error of one pool says the same of another. */
  static boolean concerns(Kind kind, Pool failed, Pool other) {
    return switch (kind) {
      case CAPACITY, PRICE, UNSUPPORTED -> failed.equals(other);
      case ADDRESSES -> failed.zone().equals(other.zone());
      case QUOTA -> quota(failed).equals(quota(other));
      case TAGS, REQUEST, DENIED -> true;
    };
  }

  private static String quota(Pool pool) {
    var type = pool.type().value();
    var letter = type.isEmpty() ? "" : type.substring(0, 1);
    return STANDARD.contains(letter) ? "standard" : letter;
  }
}
