package dev.caretaker.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A listing of a bucket that is larger than a page, a call, and what is kept. */
class ListingTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final int ENOUGH = 500;

  private int requests;

  /** A bucket that lists as S3 does: by key, a page for each request. */
  private S3Access bucket(Map<String, Instant> objects) {
    var client = mock(S3Client.class);
    when(client.listObjectsV2(any(ListObjectsV2Request.class)))
        .thenAnswer(call -> page(new TreeMap<>(objects), call.getArgument(0)));
    return new S3Access("us-west-2", client);
  }

  private ListObjectsV2Response page(
      NavigableMap<String, Instant> objects, ListObjectsV2Request request) {
    requests++;
    var token = request.continuationToken();
    var rest =
        (token == null ? objects : objects.tailMap(token, false))
            .entrySet().stream()
                .filter(each -> each.getKey().startsWith(request.prefix()))
                .toList();
    int end = Math.min(request.maxKeys(), rest.size());
    var contents =
        rest.subList(0, end).stream()
            .map(
                each -> S3Object.builder().key(each.getKey()).lastModified(each.getValue()).build())
            .toList();
    var answer = ListObjectsV2Response.builder().contents(contents);
    return end < rest.size()
        ? answer.nextContinuationToken(contents.get(end - 1).key()).isTruncated(true).build()
        : answer.isTruncated(false).build();
  }

  private static Map<String, Instant> objects(List<Integer> minutes) {
    return IntStream.range(0, minutes.size())
        .boxed()
        .collect(
            Collectors.toMap(
                i -> String.format("tc.%04d", i),
                i -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.get(i)))));
  }

  private static Backfill backfill(Order order, int limit) {
    return new Backfill(
        new BucketName("active-data-perf"),
        "tc.",
        Instant.EPOCH.plus(Duration.ofMinutes(5)),
        Instant.EPOCH.plus(Duration.ofMinutes(50)),
        order,
        limit,
        100);
  }

  /** Asks as passes do, until the listing has come to its end. */
  private static List<SourceObject> ask(
      Listing listing, S3Access s3, Optional<SourceObject> after, int limit) {
    for (int pass = 0; pass < ENOUGH; pass++) {
      try {
        return listing.next(s3, after, limit, NOW);
      } catch (PortException goesOn) {
        assertThat(goesOn).hasMessageContaining("is being listed");
      }
    }
    throw new AssertionError("it never ends");
  }

  @Property(tries = 200)
  void shouldGiveEachObjectOnceAndInOrderWhateverIsKept(
      @ForAll @Size(max = 60) List<@IntRange(max = 60) Integer> minutes,
      @ForAll Order order,
      @ForAll @IntRange(min = 1, max = 7) int page,
      @ForAll @IntRange(min = 1, max = 3) int pages,
      @ForAll @IntRange(min = 1, max = 9) int kept,
      @ForAll @IntRange(min = 1, max = 9) int limit) {
    var objects = objects(minutes);
    var backfill = backfill(order, limit);
    var s3 = bucket(objects);
    var listing = new Listing(backfill, new Listing.Limits(page, pages, kept));

    var sent = new ArrayList<SourceObject>();
    var after = Optional.<SourceObject>empty();
    for (var part = ask(listing, s3, after, limit);
        !part.isEmpty();
        part = ask(listing, s3, after, limit)) {
      assertThat(part).hasSizeLessThanOrEqualTo(limit);
      sent.addAll(part);
      assertThat(sent).hasSizeLessThanOrEqualTo(minutes.size());
      after = Optional.of(sent.get(sent.size() - 1));
    }

    assertThat(sent)
        .isEqualTo(
            objects.entrySet().stream()
                .map(each -> new SourceObject(each.getKey(), each.getValue()))
                .filter(backfill::covers)
                .sorted(backfill.sequence())
                .toList());
  }

  @Test
  void shouldListOnceForWhatIsKept() {
    var s3 = bucket(objects(IntStream.range(0, 40).boxed().toList()));
    var listing = new Listing(backfill(Order.NEWEST_FIRST, 5), new Listing.Limits(10, 10, 20));

    var after = Optional.<SourceObject>empty();
    for (int call = 0; call < 4; call++) {
      var part = ask(listing, s3, after, 5);
      after = Optional.of(part.get(part.size() - 1));
    }
    assertThat(requests).isEqualTo(4);

    ask(listing, s3, after, 5);
    assertThat(requests).as("what was kept is sent: the rest is listed").isEqualTo(8);
  }

  @Test
  void shouldListNoMoreInACallThanAPassCanWaitFor() {
    var s3 = bucket(objects(IntStream.range(0, 40).boxed().toList()));
    var listing = new Listing(backfill(Order.OLDEST_FIRST, 5), new Listing.Limits(5, 3, 20));

    var failure =
        catchThrowableOfType(PortException.class, () -> listing.next(s3, Optional.empty(), 5, NOW));

    assertThat(failure).hasMessageContaining("15 objects so far");
    assertThat(requests).isEqualTo(3);
  }

  @Test
  void shouldBelieveThatNothingIsLeftForTenMinutes() throws PortException {
    var objects = new TreeMap<>(objects(List.of(10)));
    var s3 = bucket(objects);
    var listing = new Listing(backfill(Order.OLDEST_FIRST, 5), Listing.Limits.USUAL);
    var start = Instant.EPOCH.plus(Duration.ofHours(1));
    var first = listing.next(s3, Optional.empty(), 5, start).get(0);
    objects.put("tc.9999", Instant.EPOCH.plus(Duration.ofMinutes(11)));

    assertThat(listing.next(s3, Optional.of(first), 5, start.plusSeconds(599))).isEmpty();
    assertThat(requests).isEqualTo(1);

    assertThat(listing.next(s3, Optional.of(first), 5, start.plusSeconds(600)))
        .extracting(SourceObject::key)
        .containsExactly("tc.9999");
  }

  @Test
  void shouldListARangeThatIsLongOverOnlyOnce() throws PortException {
    var s3 = bucket(objects(List.of(10)));
    var listing = new Listing(backfill(Order.OLDEST_FIRST, 5), Listing.Limits.USUAL);
    var first = listing.next(s3, Optional.empty(), 5, NOW).get(0);

    assertThat(listing.next(s3, Optional.of(first), 5, NOW.plus(Duration.ofDays(30)))).isEmpty();

    assertThat(requests).isEqualTo(1);
  }

  /** Each of them would begin it anew for its own place, and neither would come to its end. */
  @Test
  void shouldServeTwoPipelinesThatAreAtOtherPlacesOfOneRange() {
    var s3 = bucket(objects(IntStream.range(0, 50).boxed().toList()));
    var listing = new Listing(backfill(Order.OLDEST_FIRST, 5), new Listing.Limits(5, 3, 100));
    var further =
        Optional.of(new SourceObject("tc.0020", Instant.EPOCH.plus(Duration.ofMinutes(20))));

    var first = List.<SourceObject>of();
    var second = List.<SourceObject>of();
    for (int pass = 0; pass < 10 && (first.isEmpty() || second.isEmpty()); pass++) {
      first = asked(listing, s3, Optional.empty());
      second = asked(listing, s3, further);
    }

    assertThat(first).extracting(SourceObject::key).startsWith("tc.0005");
    assertThat(second).extracting(SourceObject::key).startsWith("tc.0021");
  }

  private static List<SourceObject> asked(
      Listing listing, S3Access s3, Optional<SourceObject> after) {
    try {
      return listing.next(s3, after, 5, NOW);
    } catch (PortException goesOn) {
      return List.of();
    }
  }
}
