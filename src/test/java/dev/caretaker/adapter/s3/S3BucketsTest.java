package dev.caretaker.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.action.PipelineAction.OnBucket;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.port.Checked;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.SdkCredentials;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3 says that no stand-in can be made to say. */
class S3BucketsTest {
  private static final BucketName BUCKET = new BucketName("active-data-perf");
  private static final PipelineId PIPELINE = new PipelineId("default", "etl", "5d1f7f0e");
  private static final String HEAD = "HEAD /active-data-perf";
  private static final String LIST = "GET /active-data-perf?list-type=2";
  private static final String MAKE = "PUT /active-data-perf ";
  private static final String TAGS = "GET /active-data-perf?tagging";

  private final CannedServer server = new CannedServer();
  private final S3Settings settings = new S3Settings("us-west-2", Optional.of(server.url()));
  private final S3Buckets buckets = S3Buckets.open(settings, Clock.systemUTC());

  @BeforeAll
  static void credentials() {
    SdkCredentials.give();
  }

  @AfterEach
  void close() {
    buckets.close();
    server.close();
  }

  private void fail(String request, int status, String code, String message) {
    server.answer(
        request,
        status,
        "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
  }

  private static String cause(Observed<?> read) {
    assertThat(read).isInstanceOf(Observed.Unknown.class);
    return ((Observed.Unknown<?>) read).cause();
  }

  private PortException failure(OnBucket action) {
    var failure =
        catchThrowableOfType(PortException.class, () -> buckets.perform(PIPELINE, action));
    assertThat(failure).isNotNull();
    return failure;
  }

  private boolean asked(String request) {
    return server.requests().stream().anyMatch(each -> each.startsWith(request));
  }

  @Test
  void shouldTellAForeignBucketFromOneThatOurPolicyHides() {
    server.answer(HEAD, 403);
    fail(LIST, 403, "AccessDenied", "Access Denied");
    assertThat(buckets.read(BUCKET)).isEqualTo(Observed.known(BucketState.FOREIGN));

    fail(
        LIST,
        403,
        "AccessDenied",
        "User: arn:aws:sts::1:x is not authorized to perform: s3:ListBucket because no"
            + " identity-based policy allows the s3:ListBucket action");
    assertThat(cause(buckets.read(BUCKET)))
        .contains("allow s3:ListBucket on bucket active-data-perf in us-west-2");
  }

  @ParameterizedTest
  @CsvSource({"403, InvalidAccessKeyId", "403, SignatureDoesNotMatch", "400, ExpiredToken"})
  void neverTakesWrongCredentialsForAForeignBucket(int status, String code) {
    server.answer(HEAD, status);
    fail(LIST, status, code, "no");

    assertThat(cause(buckets.read(BUCKET))).contains("AWS does not accept the credentials");
  }

  @Test
  void shouldAskAThrottledS3ThreeTimesAndThenSaySo() {
    fail(LIST, 503, "SlowDown", "Please reduce your request rate.");
    var backfill =
        new Backfill(
            BUCKET,
            "",
            Instant.EPOCH,
            Instant.parse("2026-11-20T10:00:00Z"),
            Backfill.Order.NEWEST_FIRST,
            10,
            10);

    assertThat(cause(buckets.next(backfill, Optional.empty()))).contains("throttled");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void neverTakesADeadEndpointForAnAbsentBucket() {
    var dead = new S3Settings("us-west-2", Optional.of(URI.create("http://127.0.0.1:1")));
    try (var nobody = S3Buckets.open(dead, Clock.systemUTC())) {
      assertThat(cause(nobody.read(BUCKET))).contains("gave no answer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:s3:::active-data-perf", "s3://active-data-perf", "Perf", ""})
  void shouldRefuseWhatIsNoName(String name) {
    assertThat(cause(buckets.read(new BucketName(name)))).contains("spec.buckets");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldMakeABucketInItsRegionTaggedAndClosed() throws PortException {
    server.answer(HEAD, 404);
    server.answer("PUT ", 200);

    buckets.perform(PIPELINE, new CreateBucket(BUCKET));

    assertThat(server.requests())
        .anyMatch(
            each ->
                each.startsWith(MAKE)
                    && each.contains("<LocationConstraint>us-west-2</LocationConstraint>"))
        .anyMatch(
            each ->
                each.startsWith("PUT /active-data-perf?tagging ")
                    && each.contains("<Key>caretaker.dev/pipeline</Key><Value>5d1f7f0e</Value>"))
        .anyMatch(
            each ->
                each.startsWith("PUT /active-data-perf?publicAccessBlock ")
                    && each.contains("<RestrictPublicBuckets>true</RestrictPublicBuckets>"));
  }

  @Test
  void neverClaimsABucketThatWasThere() throws PortException {
    server.answer(HEAD, 200);
    buckets.perform(PIPELINE, new CreateBucket(BUCKET));
    assertThat(asked("PUT ")).isFalse();

    server.answer(HEAD, 404);
    fail(MAKE, 409, "BucketAlreadyOwnedByYou", "you have it");
    buckets.perform(PIPELINE, new CreateBucket(BUCKET));
    assertThat(asked("PUT /active-data-perf?tagging")).isFalse();
  }

  @Test
  void shouldRefuseAForeignName() {
    server.answer(HEAD, 404);
    fail(MAKE, 409, "BucketAlreadyExists", "taken");
    assertThat(failure(new CreateBucket(BUCKET)))
        .hasMessageContaining("belongs to another account");

    server.answer(HEAD, 403);
    fail(LIST, 403, "AccessDenied", "Access Denied");
    assertThat(failure(new CreateBucket(BUCKET)).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void shouldSayThatABucketIsOnlyHalfMade() {
    server.answer(HEAD, 404);
    server.answer(MAKE, 200);
    fail("PUT /active-data-perf?tagging", 403, "AccessDenied", "no");

    var failure = failure(new CreateBucket(BUCKET));

    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    assertThat(failure)
        .hasMessageContaining("was made, but is not set up")
        .hasMessageContaining("allow s3:PutBucketTagging");
  }

  @Test
  void neverDeletesWhatItDoesNotKnowAsItsOwn() {
    for (var code : Map.of(404, "NoSuchTagSet", 403, "AccessDenied").entrySet()) {
      fail(TAGS, code.getKey(), code.getValue(), "no");
      failure(new DeleteBucket(BUCKET));
    }
    assertThat(asked("DELETE ")).isFalse();
  }

  @Test
  void shouldFindWhatIsWrongWithBuckets() {
    server.answer(HEAD, 200);
    fail(TAGS, 403, "AccessDenied", "no");
    server.answer("HEAD /absent-bucket", 404);
    var wanted = new TreeMap<>(Map.of(BUCKET, true, new BucketName("absent-bucket"), false));

    List<Checked> findings;
    try (var checkup = new BucketCheckup(settings)) {
      findings = checkup.look(wanted);
    }

    assertThat(findings)
        .filteredOn(Checked::isWrong)
        .extracting(Checked::about)
        .containsExactly("absent-bucket", "s3:GetBucketTagging");
    assertThat(findings)
        .filteredOn(each -> each.state() == Checked.State.UNTOLD)
        .extracting(Checked::about)
        .contains("s3:CreateBucket", "s3:DeleteBucket");
    assertThat(server.requests())
        .allMatch(each -> each.startsWith("HEAD") || each.startsWith("GET"));
  }
}
