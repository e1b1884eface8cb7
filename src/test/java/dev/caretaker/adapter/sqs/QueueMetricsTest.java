package dev.caretaker.adapter.sqs;

import static dev.caretaker.adapter.sqs.CannedSqs.QUEUE;
import static dev.caretaker.adapter.sqs.CannedSqs.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.pipeline.model.QueueView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** What CloudWatch tells late, in part, or not at all. */
class QueueMetricsTest {
  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

  private final CannedSqs sqs = new CannedSqs();

  @AfterEach
  void close() {
    sqs.close();
  }

  private void tell(MetricDataResult... results) {
    when(sqs.metrics().getMetricData(any(GetMetricDataRequest.class)))
        .thenReturn(GetMetricDataResponse.builder().metricDataResults(results).build());
  }

  private static MetricDataResult result(String id, StatusCode end, Map<Instant, Double> points) {
    var sorted = new TreeMap<>(points);
    return MetricDataResult.builder()
        .id(id)
        .statusCode(end)
        .timestamps(sorted.keySet())
        .values(sorted.values())
        .build();
  }

  private static MetricDataResult result(String id, Map<Instant, Double> points) {
    return result(id, StatusCode.COMPLETE, points);
  }

  private static Instant minute(int ago) {
    return TEN.minus(Duration.ofMinutes(ago));
  }

  private Optional<Duration> oldest() {
    return sqs.queues().read(QUEUE).ifKnown().orElseThrow().flatMap(QueueView::oldest);
  }

  private Observed<QueueTraffic> traffic(Duration age) {
    return sqs.queues().traffic(QUEUE, START.minus(age));
  }

  private GetMetricDataRequest asked() {
    var asked = ArgumentCaptor.forClass(GetMetricDataRequest.class);
    verify(sqs.metrics(), atLeast(1)).getMetricData(asked.capture());
    return asked.getValue();
  }

  private void deny() {
    when(sqs.metrics().getMetricData(any(GetMetricDataRequest.class)))
        .thenThrow(
            CloudWatchException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build());
  }

  @Test
  void shouldTellTheAgeOfTheLatestPoint() {
    tell(result("age", Map.of(minute(3), 7200.0, minute(2), 7260.0)));

    assertThat(oldest()).contains(Duration.ofMinutes(121));
    assertThat(asked().metricDataQueries())
        .singleElement()
        .satisfies(
            query -> {
              assertThat(query.metricStat().stat()).isEqualTo("Maximum");
              assertThat(query.metricStat().period()).isEqualTo(60);
              assertThat(query.metricStat().metric().metricName())
                  .isEqualTo("ApproximateAgeOfOldestMessage");
            });
  }

  @Test
  void neverTellsAnAgeThatIsLateOrMissing() {
    assertThat(oldest()).isEmpty();

    sqs.clock().pass(Duration.ofMinutes(2));
    tell(result("age", Map.of(minute(5), 7200.0)));

    assertThat(oldest()).isEmpty();
  }

  @Test
  void shouldAskForAnAgeOnceAMinute() {
    oldest();
    sqs.clock().pass(Duration.ofSeconds(59));
    oldest();
    verify(sqs.metrics(), times(1)).getMetricData(any(GetMetricDataRequest.class));

    sqs.clock().pass(Duration.ofSeconds(1));
    oldest();
    verify(sqs.metrics(), times(2)).getMetricData(any(GetMetricDataRequest.class));
  }

  @Test
  void shouldReadTheQueueWhereCloudWatchIsForbiddenAndSayWhatToAllow() {
    deny();

    assertThat(oldest()).isEmpty();
    assertThat(((Observed.Unknown<?>) traffic(Duration.ofHours(1))).cause())
        .contains("allow cloudwatch:GetMetricData");
  }

  @Test
  void shouldLeaveACloudWatchAloneThatFailedAMinuteAgo() {
    deny();
    traffic(Duration.ofHours(1));
    sqs.clock().pass(Duration.ofSeconds(59));
    assertThat(traffic(Duration.ofHours(1))).isInstanceOf(Observed.Unknown.class);
    oldest();
    verify(sqs.metrics(), times(1)).getMetricData(any(GetMetricDataRequest.class));

    sqs.clock().pass(Duration.ofSeconds(1));
    traffic(Duration.ofHours(1));
    verify(sqs.metrics(), times(2)).getMetricData(any(GetMetricDataRequest.class));
  }

  @Test
  void shouldLeaveOutWhatIsNotToldOrToldByHalf() {
    tell(
        result("sent", Map.of(minute(10), 5.0, minute(9), 6.0, minute(7), 7.0)),
        result("deleted", Map.of(minute(10), 1.0, minute(8), 2.0, minute(7), 0.0)));

    assertThat(traffic(Duration.ofHours(1)))
        .isEqualTo(
            Observed.known(
                new QueueTraffic(
                    List.of(
                        new Count(minute(10), minute(9), 5, 1),
                        new Count(minute(7), minute(6), 7, 0)))));
  }

  @ParameterizedTest
  @CsvSource({"PT1H, 60", "PT3H, 60", "PT4H, 300", "P20D, 300", "P100D, 3600"})
  void shouldAskForPeriodsThatCloudWatchStillHas(Duration age, int period) {
    traffic(age);

    var asked = asked();
    assertThat(asked.metricDataQueries())
        .hasSize(2)
        .allMatch(each -> each.metricStat().period() == period);
    assertThat(asked.startTime().getEpochSecond() % period).isZero();
    assertThat(asked.startTime()).isAfterOrEqualTo(START.minus(age));
    assertThat(asked.endTime()).isBeforeOrEqualTo(START.minus(Duration.ofMinutes(2)));
    assertThat(asked.endTime().getEpochSecond() % period).isZero();
  }

  @Test
  void shouldAskNobodyForWhatCannotBeToldYet() {
    assertThat(traffic(Duration.ofMinutes(2))).isEqualTo(Observed.known(QueueTraffic.NONE));
    verify(sqs.metrics(), times(0)).getMetricData(any(GetMetricDataRequest.class));
  }

  @Test
  void shouldReadEveryPage() {
    var first =
        GetMetricDataResponse.builder()
            .metricDataResults(
                result("sent", StatusCode.PARTIAL_DATA, Map.of(minute(10), 5.0)),
                result("deleted", StatusCode.PARTIAL_DATA, Map.of(minute(10), 1.0)))
            .nextToken("more")
            .build();
    var second =
        GetMetricDataResponse.builder()
            .metricDataResults(
                result("sent", Map.of(minute(9), 6.0)), result("deleted", Map.of(minute(9), 2.0)))
            .build();
    when(sqs.metrics().getMetricData(any(GetMetricDataRequest.class)))
        .thenReturn(first)
        .thenReturn(second);

    var counts = traffic(Duration.ofHours(1)).ifKnown().orElseThrow().counts();

    assertThat(counts).extracting(Count::sent).containsExactly(5L, 6L);
    assertThat(asked().nextToken()).isEqualTo("more");
  }

  @ParameterizedTest
  @EnumSource(names = {"PARTIAL_DATA", "INTERNAL_ERROR", "FORBIDDEN"})
  void neverTakesAPartForTheWhole(StatusCode end) {
    tell(result("sent", end, Map.of(minute(10), 5.0)), result("deleted", Map.of(minute(10), 5.0)));

    assertThat(traffic(Duration.ofHours(1))).isInstanceOf(Observed.Unknown.class);
  }

  @Test
  void neverReadsPagesForEver() {
    when(sqs.metrics().getMetricData(any(GetMetricDataRequest.class)))
        .thenReturn(GetMetricDataResponse.builder().nextToken("more").build());

    assertThat(traffic(Duration.ofHours(1))).isInstanceOf(Observed.Unknown.class);
  }
}
