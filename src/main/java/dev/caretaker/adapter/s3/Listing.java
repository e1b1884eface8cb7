package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * The objects of one backfill. S3 lists by key, a thousand for each request, and a backfill goes by
 * time: so the whole prefix is listed, and of it only those are kept that come first after the
 * cursor. What is kept serves many calls before the prefix is listed again: a prefix of a million
 * objects costs a thousand requests, half a cent, for each ten thousand objects that are sent. One
 * call lists no more than a pass can wait for; the next goes on. Nothing is given before the end,
 * for the first may come last. Lost with the process, which costs another listing.
 */
final class Listing {
  /**
   * An answer of "no more" is believed for so long, lest a backfill that is done lists for ever.
   */
  private static final Duration BELIEVED = Duration.ofMinutes(10);

  /**
   * S3 dates an upload by its beginning: so long after the range nothing comes into it any more.
   */
  private static final Duration CLOSED = Duration.ofDays(1);

  private final Backfill backfill;
  private final Limits limits;
  private final Comparator<SourceObject> sequence;

  /** The last in sequence is the first to go where too many are kept. */
  private final PriorityQueue<SourceObject> kept;

  private Optional<SourceObject> start = Optional.empty();
  private Optional<String> page = Optional.empty();
  private long seen;
  private boolean dropped;
  private Optional<Done> done = Optional.empty();

  /**
   * How much is done at once.
   *
   * @param page objects in an answer, at most a thousand
   * @param pages answers that one call waits for: some seconds
   * @param kept objects kept, each some hundred bytes
   */
  record Limits(int page, int pages, int kept) {
    static final Limits USUAL = new Limits(1000, 50, 10_000);
  }

  private record Done(List<SourceObject> objects, Instant at) {}

  Listing(Backfill backfill, Limits limits) {
    this.backfill = backfill;
    this.limits = limits;
    this.sequence = backfill.sequence();
    this.kept = new PriorityQueue<>(sequence.reversed());
  }

  /** The next ones after the cursor, at most so many. */
  synchronized List<SourceObject> next(
      S3Access s3, Optional<SourceObject> after, int limit, Instant now) throws PortException {
    if (!serves(after, now)) {
      restart(after);
    }
    for (int i = 0; i < limits.pages() && done.isEmpty(); i++) {
      listPage(s3, now);
    }
    if (done.isEmpty() || !serves(after, now)) {
      throw new PortException(
          Kind.UNKNOWN_OUTCOME,
          "s3://"
              + backfill.bucket()
              + "/"
              + backfill.prefix()
              + " is being listed, "
              + seen
              + " objects so far; S3 lists by key, so that nothing is sent before the end");
    }
    return done.get().objects().stream().filter(each -> isAfter(each, after)).limit(limit).toList();
  }

  private boolean isAfter(SourceObject object, Optional<SourceObject> cursor) {
    return cursor.isEmpty() || sequence.compare(object, cursor.get()) > 0;
  }

  /** Whether what is known, or will be when the listing ends, answers for this cursor. */
  private boolean serves(Optional<SourceObject> after, Instant now) {
    boolean begun = page.isPresent() || done.isPresent();
    if (!begun || !reachesBackTo(after)) {
      return false;
    }
    if (done.isEmpty()) {
      // Another pipeline may be further in the same range: two that restart it list for ever.
      return true;
    }
    boolean more = done.get().objects().stream().anyMatch(each -> isAfter(each, after));
    return more || (!dropped && isBelieved(done.get(), now));
  }

  private boolean isBelieved(Done listed, Instant now) {
    boolean closed = listed.at().isAfter(backfill.to().plus(CLOSED));
    return closed || now.isBefore(listed.at().plus(BELIEVED));
  }

  private boolean reachesBackTo(Optional<SourceObject> after) {
    return start.isEmpty() || (after.isPresent() && !isAfter(start.get(), after));
  }

  private void restart(Optional<SourceObject> after) {
    start = after;
    page = Optional.empty();
    done = Optional.empty();
    kept.clear();
    dropped = false;
    seen = 0;
  }

  private void listPage(S3Access s3, Instant now) throws PortException {
    var request =
        ListObjectsV2Request.builder()
            .bucket(backfill.bucket().value())
            .prefix(backfill.prefix())
            .maxKeys(limits.page());
    page.ifPresent(request::continuationToken);
    var answer =
        s3.ask(
            BucketReading.LIST,
            backfill.bucket(),
            () -> s3.client().listObjectsV2(request.build()));
    keep(answer);
    page = Optional.ofNullable(answer.nextContinuationToken()).filter(each -> !each.isEmpty());
    if (page.isEmpty()) {
      var objects = new ArrayList<>(kept);
      objects.sort(sequence);
      kept.clear();
      done = Optional.of(new Done(List.copyOf(objects), now));
    }
  }

  private void keep(ListObjectsV2Response answer) {
    for (var each : answer.contents()) {
      seen++;
      var object = new SourceObject(each.key(), each.lastModified());
      if (!backfill.covers(object) || !isAfter(object, start)) {
        continue;
      }
      kept.add(object);
      if (kept.size() > limits.kept()) {
        kept.poll();
        dropped = true;
      }
    }
  }
}
