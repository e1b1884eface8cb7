package dev.caretaker.adapter.sqs;

import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * What CloudWatch tells of queues: a point for each minute, one to three minutes late; of a queue
 * that nobody used for six hours up to fifteen. Each metric that is asked for costs a hundred
 * thousandth of a dollar.
 */
final class QueueMetrics {
  static final String ACTION = "cloudwatch:GetMetricData";
  private static final String SENT = "sent";
  private static final String DELETED = "deleted";
  private static final String AGE = "age";

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** An age is at most so much too young; what is later says nothing of now. */
  private static final Duration LATE = Duration.ofMinutes(5);

  /** CloudWatch has a minute's numbers from many machines: the newest may grow yet. */
  private static final Duration SETTLES = Duration.ofMinutes(2);

  private static final Duration FINE = Duration.ofMinutes(5);

  /** Up to such an age minutes are worth it; CloudWatch keeps those for 15 days. */
  private static final Duration RECENT = Duration.ofHours(3);

  /** CloudWatch keeps five minutes as one for 63 days, and an hour as one for 455. */
  private static final Duration KEPT_FINE = Duration.ofDays(62);

  /** A page holds a hundred thousand points: no queue has as many as this bound. */
  private static final int MOST_PAGES = 20;

  private final QueueClients clients;
  private final Clock clock;
  private final Map<QueueName, Seen> ages = new ConcurrentHashMap<>();

  private volatile Optional<Failed> failed = Optional.empty();

  private record Seen(Instant at, Optional<Duration> age) {}

  private record Failed(Instant at, PortException failure) {}

  QueueMetrics(QueueClients clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Age of the oldest message as of the last minute that CloudWatch tells; asked for once a minute.
   * Empty where it says nothing, is late, or cannot be asked: {@link #traffic} says why. SQS leaves
   * out a message that was received three times and more.
   */
  Optional<Duration> oldest(QueueName queue) {
    var now = clock.instant();
    var seen = ages.get(queue);
    if (seen != null && seen.at().plus(MINUTE).isAfter(now)) {
      return seen.age();
    }
    Optional<Duration> age;
    try {
      age = askAge(queue, now);
    } catch (PortException untold) {
      age = Optional.empty();
    }
    ages.put(queue, new Seen(now, age));
    return age;
  }

  private Optional<Duration> askAge(QueueName queue, Instant now) throws PortException {
    var query = query(AGE, "ApproximateAgeOfOldestMessage", "Maximum", queue, MINUTE);
    var from = now.minus(LATE).minus(MINUTE);
    var points = ask(queue, List.of(query), from, now).getOrDefault(AGE, new TreeMap<>());
    if (points.isEmpty() || points.lastKey().plus(MINUTE).isBefore(now.minus(LATE))) {
      return Optional.empty();
    }
    return Optional.ofNullable(points.get(points.lastKey()))
        .map(seconds -> Duration.ofSeconds(Math.round(seconds)));
  }

  /** Whole periods since then; one that is not told, or told by half, is left out. */
  QueueTraffic traffic(QueueName queue, Instant since) throws PortException {
    var now = clock.instant();
    var period = period(Duration.between(since, now));
    var from = floor(since.plus(period).minusNanos(1), period);
    var to = floor(now.minus(SETTLES), period);
    if (!from.isBefore(to)) {
      return QueueTraffic.NONE;
    }
    var told =
        ask(
            queue,
            List.of(
                query(SENT, "NumberOfMessagesSent", "Sum", queue, period),
                query(DELETED, "NumberOfMessagesDeleted", "Sum", queue, period)),
            from,
            to);
    var deleted = told.getOrDefault(DELETED, new TreeMap<>());
    var counts = new ArrayList<Count>();
    told.getOrDefault(SENT, new TreeMap<>())
        .forEach(
            (at, sent) -> {
              var gone = deleted.get(at);
              if (gone != null) {
                counts.add(new Count(at, at.plus(period), Math.round(sent), Math.round(gone)));
              }
            });
    return new QueueTraffic(counts);
  }

  private static Duration period(Duration age) {
    if (age.compareTo(RECENT) <= 0) {
      return MINUTE;
    }
    return age.compareTo(KEPT_FINE) <= 0 ? FINE : HOUR;
  }

  private static Instant floor(Instant at, Duration period) {
    long seconds = period.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  private static MetricDataQuery query(
      String id, String metric, String statistic, QueueName queue, Duration period) {
    var dimension = Dimension.builder().name("QueueName").value(queue.value()).build();
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.metric(
                        each -> each.namespace("AWS/SQS").metricName(metric).dimensions(dimension))
                    .period((int) period.toSeconds())
                    .stat(statistic))
        .build();
  }

  /** All pages; a result that did not end well is a failure, not a lack of points. */
  private Map<String, SortedMap<Instant, Double>> ask(
      QueueName queue, List<MetricDataQuery> queries, Instant from, Instant to)
      throws PortException {
    var request =
        GetMetricDataRequest.builder().metricDataQueries(queries).startTime(from).endTime(to);
    var points = new TreeMap<String, SortedMap<Instant, Double>>();
    var ends = new TreeMap<String, StatusCode>();
    for (int page = 0; page < MOST_PAGES; page++) {
      var asked = request.build();
      var answer = ask(asked);
      for (var result : answer.metricDataResults()) {
        ends.put(result.id(), result.statusCode());
        add(result, points.computeIfAbsent(result.id(), id -> new TreeMap<>()));
      }
      if (answer.nextToken() == null || answer.nextToken().isEmpty()) {
        checkEnds(queue, ends);
        return points;
      }
      request.nextToken(answer.nextToken());
    }
    throw new PortException(
        Kind.UNKNOWN_OUTCOME, "CloudWatch has no end of points of " + clients.place(queue));
  }

  /** Once it failed it is left alone for a minute: no pass shall wait for its time-outs again. */
  private GetMetricDataResponse ask(GetMetricDataRequest request) throws PortException {
    var now = clock.instant();
    var before = failed;
    if (before.isPresent() && now.isBefore(before.get().at().plus(MINUTE))) {
      var failure = before.get().failure();
      throw new PortException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
    try {
      var answer = clients.askMetrics(ACTION, () -> clients.metrics().getMetricData(request));
      failed = Optional.empty();
      return answer;
    } catch (PortException failure) {
      failed = Optional.of(new Failed(now, failure));
      throw failure;
    }
  }

  private static void add(MetricDataResult result, SortedMap<Instant, Double> points) {
    int told = Math.min(result.timestamps().size(), result.values().size());
    for (int i = 0; i < told; i++) {
      points.put(result.timestamps().get(i), result.values().get(i));
    }
  }

  private void checkEnds(QueueName queue, Map<String, StatusCode> ends) throws PortException {
    for (var end : ends.entrySet()) {
      if (end.getValue() == StatusCode.FORBIDDEN) {
        throw new PortException(
            Kind.DENIED, "allow " + ACTION + " in the policy of Caretaker's role");
      }
      if (end.getValue() != null && end.getValue() != StatusCode.COMPLETE) {
        throw new PortException(
            Kind.UNKNOWN_OUTCOME,
            "CloudWatch told only a part of the points of " + clients.place(queue));
      }
    }
  }
}
