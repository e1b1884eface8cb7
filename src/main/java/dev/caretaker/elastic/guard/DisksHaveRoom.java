package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.shelter.Watermarks;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * If the set never returned, the others could hold its copies under the high watermark, and the
 * engine's way of sending several at once would drive none of them over the flood stage.
 */
public final class DisksHaveRoom implements Guard {
  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var cluster = question.cluster();
    long needed = bytesOfSet(question);
    if (cluster.sizes().isEmpty() && holdsCopies(question)) {
      return Optional.of(
          new Refusal(
              name(),
              "no shard sizes could be read, so that nobody knows what the others must hold",
              List.of(),
              "_stats must answer"));
    }
    var watermarks = Watermarks.in(cluster.settings());
    var disks =
        question
            .others()
            .filter(node -> node.holdsData() && node.disk().isPresent())
            .flatMap(node -> node.disk().stream())
            .toList();
    long spare = disks.stream().mapToLong(watermarks::spareUnderHigh).sum();
    if (spare >= needed) {
      return overshoot(question, watermarks);
    }
    return Optional.of(
        new Refusal(
            name(),
            "the others have room for "
                + new Bytes(spare)
                + " under the high watermark; the set holds "
                + new Bytes(needed),
            List.of(),
            "free disk, or more nodes"));
  }

  /** Whether a refusal is of this guard: a smaller set may be allowed. */
  public static boolean mayAllowFewer(Refusal refusal) {
    return refusal.guard().equals(DisksHaveRoom.class.getSimpleName());
  }

  private static long bytesOfSet(StopQuestion question) {
    var ids = question.ids();
    var cluster = question.cluster();
    long bytes = 0;
    for (var group : cluster.copies().values()) {
      for (var copy : group) {
        bytes += copy.isOnAny(ids) ? cluster.sizeOf(copy.shard()).value() : 0;
      }
    }
    return bytes;
  }

  private static boolean holdsCopies(StopQuestion question) {
    return question.ids().stream()
        .anyMatch(id -> question.cluster().copiesTouching(id).findAny().isPresent());
  }

  private Optional<Refusal> overshoot(StopQuestion question, Watermarks watermarks) {
    var flooded = new Overshoot(question, watermarks).flooded();
    if (flooded.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "if the set never returned, what is built anew could fill disks to the flood stage",
            StopQuestion.shown(flooded),
            "free disk, or more nodes"));
  }
}
