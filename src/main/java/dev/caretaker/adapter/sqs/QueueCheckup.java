package dev.caretaker.adapter.sqs;

import dev.caretaker.adapter.sqs.QueueReading.Found;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.port.Checked;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a pipeline's queue is as declared and may be used. Nothing in it is changed. */
public final class QueueCheckup implements AutoCloseable {
  private static final String QUEUE = "queue";
  private static final String ATTRIBUTES = "queue-attributes";
  private static final String GRANT = "attach manifests/iam/etlpipeline-policy.json to the role";
  private static final String ALLOWED = "allowed";
  private static final Duration HOUR = Duration.ofHours(1);

  private final QueueClients clients;
  private final QueueReading reading;
  private final QueueMetrics metrics;
  private final Clock clock;

  /** Asks nothing yet. To be closed. */
  public QueueCheckup(QueueSettings settings, Clock clock) {
    this(QueueClients.open(settings), clock);
  }

  QueueCheckup(QueueClients clients, Clock clock) {
    this.clients = clients;
    this.reading = new QueueReading(clients);
    this.metrics = new QueueMetrics(clients, clock);
    this.clock = clock;
  }

  /**
   * What a pipeline declares.
   *
   * @param create whether the queue is made where there is none
   */
  public record Wish(QueueName queue, QueueAttributes attributes, boolean create) {}

  private interface Question<T> {
    T ask() throws PortException;
  }

  /** Asks everything. */
  public List<Checked> look(Wish wish) {
    var findings = new ArrayList<Checked>();
    var queue = wish.queue();
    var url = ask("sqs:GetQueueUrl", () -> reading.url(queue), findings);
    if (url.isPresent()) {
      var found = ask("sqs:GetQueueAttributes", () -> reading.find(queue), findings);
      found.ifPresent(each -> there(wish, each, findings));
    }
    ask(QueueMetrics.ACTION, () -> metrics.traffic(queue, clock.instant().minus(HOUR)), findings);
    untried("sqs:CreateQueue", "told when a queue is made", findings);
    untried("sqs:TagQueue", "told when a queue is made", findings);
    untried("sqs:DeleteQueue", "told when the queue is deleted with its pipeline", findings);
    return findings;
  }

  /** Asks for real, and tells the right with it. */
  private static <T> Optional<T> ask(String action, Question<T> question, List<Checked> findings) {
    try {
      var answer = question.ask();
      findings.add(action(action, ALLOWED));
      return Optional.of(answer);
    } catch (PortException failure) {
      findings.add(failed(action, failure));
      return Optional.empty();
    }
  }

  private static Checked action(String action, String text) {
    return Checked.well(check(action), action, text);
  }

  private static String check(String action) {
    return action.substring(0, action.indexOf(':')) + "-action";
  }

  private static Checked failed(String action, PortException failure) {
    var sentence = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case DENIED -> Checked.wrong(check(action), action, sentence, GRANT);
      case REFUSED -> Checked.wrong(check(action), action, sentence, "correct spec.queue");
      case UNREACHABLE, UNKNOWN_OUTCOME -> Checked.untold(check(action), action, sentence);
    };
  }

  private static void untried(String action, String why, List<Checked> findings) {
    findings.add(Checked.untold(check(action), action, why));
  }

  private void there(Wish wish, Optional<Found> found, List<Checked> findings) {
    var name = wish.queue().value();
    if (found.isEmpty()) {
      findings.add(
          wish.create()
              ? Checked.well(QUEUE, name, "not there yet: it is made")
              : Checked.wrong(
                  QUEUE, name, "there is none", "make it, or set spec.queue.create: true"));
      return;
    }
    findings.add(
        Checked.well(QUEUE, name, "there, with about " + found.get().backlog() + " messages"));
    attributes(wish, found.get(), findings);
    ask("sqs:ListQueueTags", () -> reading.tags(wish.queue(), found.get()), findings);
    sending(wish.queue(), found.get(), findings);
  }

  private void attributes(Wish wish, Found found, List<Checked> findings) {
    var name = wish.queue().value();
    var drift = QueueDrift.between(found.attributes(), wish.attributes());
    findings.add(
        drift.isEmpty()
            ? Checked.well(ATTRIBUTES, name, "as declared")
            : Checked.odd(
                ATTRIBUTES,
                name,
                String.join(", ", drift),
                "correct spec.queue, or the queue with aws sqs set-queue-attributes"));
    found
        .attributes()
        .deadLetter()
        .ifPresent(target -> deadLetters(target.queue(), found, findings));
  }

  /** The clock of a message that is moved goes on: SQS counts from when it was first sent. */
  private void deadLetters(QueueName target, Found source, List<Checked> findings) {
    Optional<Found> found;
    try {
      found = reading.find(target);
    } catch (PortException hidden) {
      findings.add(failed("sqs:GetQueueAttributes", hidden));
      return;
    }
    if (found.isEmpty()) {
      findings.add(
          Checked.wrong(
              QUEUE,
              target.value(),
              "dead letters go to it, and it is not there",
              "make it, or correct the redrive policy"));
      return;
    }
    var kept = found.get().attributes().retention();
    var longest = source.attributes().retention();
    findings.add(
        kept.compareTo(longest) > 0
            ? Checked.well(QUEUE, target.value(), "there, for dead letters")
            : Checked.odd(
                QUEUE,
                target.value(),
                "it keeps dead letters no longer than their queue does, counted from when they"
                    + " were first sent: some are deleted as soon as they come",
                "give it a longer retention than the queue's; where that is 14d already, empty it"
                    + " daily"));
  }

  /** No message at all, which SQS refuses to whoever may send. */
  private void sending(QueueName queue, Found found, List<Checked> findings) {
    var action = "sqs:SendMessage";
    try {
      clients.ask(
          action,
          queue,
          () ->
              clients
                  .sqs()
                  .sendMessageBatch(each -> each.queueUrl(found.url()).entries(List.of())));
      findings.add(action(action, ALLOWED));
    } catch (PortException failure) {
      findings.add(
          failure.kind() == Kind.REFUSED ? action(action, ALLOWED) : failed(action, failure));
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
