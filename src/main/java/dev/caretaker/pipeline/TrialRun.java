package dev.caretaker.pipeline;

import dev.caretaker.pipeline.model.WorkerId;
import java.time.Instant;
import java.util.Optional;

/**
 * The last trial. It is made once for what it tries: a failed one is repeated only once what it
 * tries has changed, or a person asks for it.
 *
 * @param job its id, made of what it tries
 * @param askedAt when its machine was asked for it first
 * @param endedAt when its command was seen to have ended well; its documents are looked for then
 * @param failure why it failed, with the end of its output; empty: it did not
 */
public record TrialRun(
    String job,
    WorkerId worker,
    Instant askedAt,
    Optional<Instant> endedAt,
    Optional<String> failure) {

  TrialRun ended(Instant at) {
    return new TrialRun(job, worker, askedAt, Optional.of(endedAt.orElse(at)), failure);
  }

  TrialRun failed(String why) {
    return new TrialRun(job, worker, askedAt, endedAt, Optional.of(why));
  }
}
