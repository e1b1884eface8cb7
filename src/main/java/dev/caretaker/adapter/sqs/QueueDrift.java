package dev.caretaker.adapter.sqs;

import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a queue differs from what was declared, for people. */
final class QueueDrift {
  private QueueDrift() {}

  static List<String> between(QueueAttributes there, QueueAttributes wanted) {
    var drift = new ArrayList<String>();
    compare("retention", words(there.retention()), words(wanted.retention()), drift);
    compare("visibility", words(there.visibility()), words(wanted.visibility()), drift);
    compare("dead letters", words(there.deadLetter()), words(wanted.deadLetter()), drift);
    return drift;
  }

  private static void compare(String name, String there, String wanted, List<String> drift) {
    if (!there.equals(wanted)) {
      drift.add(name + " " + there + " instead of " + wanted);
    }
  }

  /** As {@code 336h} or {@code 30m}. */
  private static String words(Duration time) {
    return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  private static String words(Optional<DeadLetter> target) {
    return target.map(each -> "to " + each.queue() + " after " + each.after()).orElse("nowhere");
  }
}
