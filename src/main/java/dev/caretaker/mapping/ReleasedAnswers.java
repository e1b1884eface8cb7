package dev.caretaker.mapping;

import dev.caretaker.api.EsClusterStatus;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.handshake.Released;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers to fleets, as {@code status.released} has them. They stand there and nowhere else, so
 * that a memory which another version wrote, or a person spoilt, takes none of them back.
 */
final class ReleasedAnswers {
  private ReleasedAnswers() {}

  static List<EsClusterStatus.Release> write(EsProgress progress) {
    return progress.released().stream()
        .map(
            each ->
                new EsClusterStatus.Release(
                    each.requestId(), each.instanceId(), each.at().toString()))
        .toList();
  }

  /** All of them that name a machine; which request it was and when are no reason to forget one. */
  static List<Released> read(EsClusterStatus status) {
    var answers = new ArrayList<Released>();
    var listed = status.released();
    for (var each : listed == null ? List.<EsClusterStatus.Release>of() : listed) {
      if (each != null && each.instanceId() != null) {
        var request = each.requestId() == null ? "" : each.requestId();
        answers.add(new Released(request, each.instanceId(), time(each.at())));
      }
    }
    return answers;
  }

  private static Instant time(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeException odd) {
      return Instant.EPOCH;
    }
  }
}
