package dev.caretaker.elastic;

import dev.caretaker.elastic.drain.DrainProgress;
import dev.caretaker.elastic.handshake.HandshakeProgress;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.Rollout;
import dev.caretaker.elastic.rollout.RolloutProgress;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** What is taken over from one pass to the next, and from the mark when the status was lost. */
final class Remembering {
  private Remembering() {}

  /**
   * The newer of the two: a status that was saved after the mark was written, or else the mark. A
   * progress whose holds somebody released by hand is over.
   */
  static EsProgress rebuilt(
      EsProgress remembered, EsPolicy policy, ClusterView cluster, Instant now) {
    var saved = remembered.isAbout(cluster.uuid()) ? remembered : remembered.ofAnother();
    var mark = cluster.mark();
    var bounced =
        saved.bouncedFor().equals(policy.rollout().restartedAt())
            ? saved.bounced()
            : new TreeMap<dev.caretaker.elastic.model.NodeName, String>();
    var rollout = saved.rollout();
    var handshake = saved.handshake();
    long sequence = saved.sequence();
    if (mark.filter(each -> knowsMore(each, saved, policy)).isPresent()) {
      rollout = RolloutProgress.from(mark.get(), now);
      handshake = handshake.rebuilt(mark.get(), now);
      sequence = Math.max(sequence, mark.get().sequence());
    } else if (mark.isEmpty() && Ownership.released(policy, cluster)) {
      rollout = Optional.empty();
    }
    return new EsProgress(
        sequence,
        rollout,
        saved.drain(),
        policy.rollout().restartedAt(),
        bounced,
        policy.rollout().approval().approvedAfter(saved.approved()),
        handshake,
        Optional.of(cluster.uuid()));
  }

  /** The numbers of an earlier owner, who is adopted, say nothing about what was saved here. */
  private static boolean knowsMore(Mark mark, EsProgress saved, EsPolicy policy) {
    return mark.sequence() > saved.sequence() || !mark.owner().equals(policy.owner());
  }

  static EsProgress next(
      EsProgress progress,
      Optional<RolloutProgress> stage,
      Optional<DrainProgress> drain,
      HandshakeProgress handshake,
      Rollout rollout) {
    var bounced = new TreeMap<>(progress.bounced());
    progress.rollout().map(rollout::back).ifPresent(bounced::putAll);
    return new EsProgress(
        progress.sequence(),
        stage,
        drain,
        progress.bouncedFor(),
        bounced,
        progress.approved(),
        handshake,
        progress.cluster());
  }
}
