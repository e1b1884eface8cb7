package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The listings of all backfills, the most lately used kept. */
final class Listings {
  /** So many backfills at once are more than anybody has; each keeps a few megabytes. */
  private static final int MOST = 16;

  private final S3Access s3;
  private final Listing.Limits limits;
  private final Clock clock;
  private final Map<Prefix, Listing> open =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Prefix, Listing> eldest) {
          return size() > MOST;
        }
      };

  /** A backfill without how many are sent, and when: that is nothing to a listing. */
  private record Prefix(
      BucketName bucket, String prefix, Instant from, Instant to, Backfill.Order order) {}

  Listings(S3Access s3, Listing.Limits limits, Clock clock) {
    this.s3 = s3;
    this.limits = limits;
    this.clock = clock;
  }

  List<SourceObject> next(Backfill backfill, Optional<SourceObject> after) throws PortException {
    return of(backfill).next(s3, after, backfill.limit(), clock.instant());
  }

  private Listing of(Backfill backfill) {
    var prefix =
        new Prefix(
            backfill.bucket(), backfill.prefix(), backfill.from(), backfill.to(), backfill.order());
    synchronized (open) {
      return open.computeIfAbsent(prefix, each -> new Listing(backfill, limits));
    }
  }
}
