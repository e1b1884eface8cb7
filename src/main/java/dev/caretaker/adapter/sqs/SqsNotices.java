package dev.caretaker.adapter.sqs;

import dev.caretaker.fleet.model.QueuedMessage;
import dev.caretaker.port.NoticePort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A queue of SQS. One thread waits; when it finds more than one request brings, several take what
 * is there, so that a queue that filled while nobody read it is soon empty. Safe for use by several
 * threads, though one suffices. Closing it ends a wait at once; an interrupt only with the poll.
 */
public final class SqsNotices implements NoticePort, AutoCloseable {
  private static final int RECEIVERS = 8;

  /** Requests that each receiver makes before what was taken is given to the caller. */
  private static final int ROUNDS = 4;

  /** SQS has no larger batches, neither received nor deleted. */
  private static final int BATCH = 10;

  /** So many at once mean that more are there; SQS seldom fills a batch before that. */
  private static final int MANY = 5;

  private static final int WAIT_SECONDS = 20;
  private static final int ATTEMPTS = 3;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Longer than the longest poll. */
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  private static final Duration CALL = Duration.ofSeconds(60);

  private final SqsSettings settings;
  private final SqsClient client;
  private final ExecutorService receivers;
  private volatile @Nullable String url;

  private SqsNotices(SqsSettings settings, SqsClient client) {
    this.settings = settings;
    this.client = client;
    this.receivers =
        Executors.newFixedThreadPool(
            RECEIVERS,
            task -> {
              var thread = new Thread(task, "sqs-" + settings.queue());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Opens the way to the queue; nothing is asked yet. To be closed. */
  public static SqsNotices open(SqsSettings settings) {
    return new SqsNotices(settings, client(settings));
  }

  static SqsClient client(SqsSettings settings) {
    var retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    var http =
        ApacheHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(ATTEMPT)
            .maxConnections(RECEIVERS + 1);
    var builder =
        SqsClient.builder()
            .region(Region.of(settings.region()))
            .httpClientBuilder(http)
            .overrideConfiguration(
                each ->
                    each.retryStrategy(retries)
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public List<QueuedMessage> receive() throws PortException {
    var first = poll(WAIT_SECONDS);
    if (first.size() < MANY) {
      return first;
    }
    var all = new ArrayList<>(first);
    // What some received is worth more than why others failed: the next call meets that again.
    var failures = new ArrayList<PortException>();
    Callable<List<QueuedMessage>> more = this::pollOnAndOn;
    inParallel(Collections.nCopies(RECEIVERS, more), failures).forEach(all::addAll);
    return all;
  }

  private List<QueuedMessage> pollOnAndOn() throws PortException {
    var all = new ArrayList<QueuedMessage>();
    for (int round = 0; round < ROUNDS; round++) {
      List<QueuedMessage> some;
      try {
        some = poll(0);
      } catch (PortException failure) {
        if (all.isEmpty()) {
          throw failure;
        }
        break;
      }
      all.addAll(some);
      if (some.isEmpty()) {
        break;
      }
    }
    return all;
  }

  private List<QueuedMessage> poll(int waitSeconds) throws PortException {
    var queue = url();
    var answer =
        ask(
            "sqs:ReceiveMessage",
            () ->
                client.receiveMessage(
                    each ->
                        each.queueUrl(queue)
                            .maxNumberOfMessages(BATCH)
                            .waitTimeSeconds(waitSeconds)));
    return answer.messages().stream().map(SqsNotices::read).toList();
  }

  private <T> T ask(String action, Supplier<T> call) throws PortException {
    try {
      return call.get();
    } catch (SdkException failed) {
      throw SqsFailure.of(action, settings.place(), failed);
    } catch (RejectedExecutionException closing) {
      throw SqsFailure.closed(settings.place(), closing);
    }
  }

  private static QueuedMessage read(Message message) {
    return new QueuedMessage(
        message.messageId(),
        message.receiptHandle(),
        EventParser.parse(String.valueOf(message.body())));
  }

  private String url() throws PortException {
    var known = url;
    if (known == null) {
      known =
          ask(
              "sqs:GetQueueUrl",
              () -> client.getQueueUrl(each -> each.queueName(settings.queue())).queueUrl());
      url = known;
    }
    return known;
  }

  @Override
  public void delete(Collection<String> receipts) throws PortException {
    var all = List.copyOf(receipts);
    var parts = new ArrayList<Callable<Integer>>();
    for (int from = 0; from < all.size(); from += BATCH) {
      var part = all.subList(from, Math.min(from + BATCH, all.size()));
      parts.add(() -> deleteBatch(part));
    }
    var failures = new ArrayList<PortException>();
    inParallel(parts, failures);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private int deleteBatch(List<String> receipts) throws PortException {
    var entries = new ArrayList<DeleteMessageBatchRequestEntry>();
    for (int i = 0; i < receipts.size(); i++) {
      entries.add(entry(i, receipts.get(i)));
    }
    var queue = url();
    var kept =
        ask(
                "sqs:DeleteMessage",
                () -> client.deleteMessageBatch(each -> each.queueUrl(queue).entries(entries)))
            .failed();
    if (!kept.isEmpty()) {
      var one = kept.get(0);
      throw new PortException(
          Boolean.TRUE.equals(one.senderFault()) ? Kind.REFUSED : Kind.UNKNOWN_OUTCOME,
          kept.size() + " messages were not deleted: " + one.code() + ": " + one.message());
    }
    return receipts.size();
  }

  private static DeleteMessageBatchRequestEntry entry(int number, String receipt) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(Integer.toString(number))
        .receiptHandle(receipt)
        .build();
  }

  /** Runs all and waits for all; each request has its own time limit. */
  private <T> List<T> inParallel(List<Callable<T>> calls, List<PortException> failures)
      throws PortException {
    var results = new ArrayList<T>();
    try {
      for (var call : receivers.invokeAll(calls)) {
        try {
          results.add(call.get());
        } catch (ExecutionException failed) {
          if (!(failed.getCause() instanceof PortException failure)) {
            throw new IllegalStateException(failed.getCause());
          }
          failures.add(failure);
        }
      }
    } catch (RejectedExecutionException closing) {
      throw SqsFailure.closed(settings.place(), closing);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new PortException(Kind.UNKNOWN_OUTCOME, "stopped while it was asked", stopping);
    }
    return results;
  }

  @Override
  public void close() {
    receivers.shutdownNow();
    client.close();
  }
}
