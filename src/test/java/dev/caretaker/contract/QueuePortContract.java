package dev.caretaker.contract;

import static dev.caretaker.contract.QueueGround.DEAD;
import static dev.caretaker.contract.QueueGround.PIPELINE;
import static dev.caretaker.contract.QueueGround.PLAIN;
import static dev.caretaker.contract.QueueGround.WITH_DEAD_LETTERS;
import static dev.caretaker.contract.QueueGround.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.action.PipelineAction.OnQueue;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pipeline's decider relies on, whoever answers: the simulated world, or SQS. */
abstract class QueuePortContract {
  private static final BucketName BUCKET = new BucketName("active-data-codecoverage");

  abstract QueueGround ground();

  @AfterEach
  void tidyUp() {
    ground().close();
  }

  private PortException refusal(OnQueue action) {
    return refusal(PIPELINE, action);
  }

  private PortException refusal(PipelineId pipeline, OnQueue action) {
    var refusal =
        catchThrowableOfType(PortException.class, () -> ground().port().perform(pipeline, action));
    assertThat(refusal).as("%s is refused", action).isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
    return refusal;
  }

  private static QueueView empty(QueueAttributes attributes, QueueView seen) {
    return new QueueView(attributes, 0, 0, 0, seen.oldest(), seen.created());
  }

  @Test
  void shouldKnowThatThereIsNoQueue() {
    assertThat(ground().read(WORK)).isEmpty();
  }

  @Test
  void shouldMakeAQueueAsDeclared() throws PortException {
    ground().make(DEAD, PLAIN);
    ground().make(WORK, WITH_DEAD_LETTERS);

    var made = ground().read(WORK).orElseThrow();

    assertThat(made).isEqualTo(empty(WITH_DEAD_LETTERS, made));
    assertThat(made.created()).isPresent();
  }

  @Test
  void shouldChangeNothingWhereTheSameIsMadeAgain() throws PortException {
    ground().make(WORK, PLAIN);
    ground().send(WORK, 2);
    ground().make(WORK, PLAIN);

    assertThat(ground().read(WORK)).hasValueSatisfying(it -> assertThat(it.visible()).isEqualTo(2));
  }

  @Test
  void shouldTakeAQueueOfSomebodyElseThatIsAsDeclared() throws PortException {
    ground().stranger(WORK, PLAIN);

    ground().make(WORK, PLAIN);

    assertThat(ground().read(WORK)).isPresent();
  }

  @Test
  void neverChangesAQueueThatIsThere() {
    ground().stranger(WORK, PLAIN);
    var other = new QueueAttributes(PLAIN.retention(), Duration.ofMinutes(31), PLAIN.deadLetter());

    refusal(new CreateQueue(WORK, other));

    assertThat(ground().read(WORK).map(QueueView::attributes)).contains(PLAIN);
  }

  @Test
  void shouldNotMakeAQueueBeforeThatOfItsDeadLetters() {
    var refusal = refusal(new CreateQueue(WORK, WITH_DEAD_LETTERS));

    assertThat(refusal).hasMessageContaining(DEAD.value());
    assertThat(ground().read(WORK)).isEmpty();
  }

  @Test
  void shouldTellWhatIsWaitingFromWhatIsBeingWorkedOn() throws PortException {
    ground().make(WORK, PLAIN);
    ground().send(WORK, 3);
    ground().receive(WORK, 1);

    var seen = ground().read(WORK).orElseThrow();

    assertThat(seen).isEqualTo(new QueueView(PLAIN, 2, 1, 0, seen.oldest(), seen.created()));
    assertThat(seen.backlog()).isEqualTo(3);
  }

  @Test
  void shouldSendEachObjectOnce() throws PortException {
    ground().make(WORK, PLAIN);
    var objects =
        IntStream.range(0, 25)
            .mapToObj(i -> new SourceObject("tc." + i + ":\"1\"", Instant.EPOCH))
            .toList();

    ground().port().perform(PIPELINE, new SendObjects(WORK, BUCKET, objects));

    assertThat(ground().read(WORK).map(QueueView::visible)).contains(25L);
    assertThat(ground().drain(WORK))
        .containsExactlyInAnyOrderElementsOf(objects.stream().map(SourceObject::key).toList());
  }

  @Test
  void shouldNotSendToAQueueThatIsNotThere() {
    var object = new SourceObject("tc.1", Instant.EPOCH);

    refusal(new SendObjects(WORK, BUCKET, List.of(object)));

    assertThat(ground().read(WORK)).isEmpty();
  }

  @Test
  void shouldDeleteItsOwnQueueOnceItStayedEmpty() throws PortException {
    ground().make(WORK, PLAIN);
    ground().read(WORK);
    ground().aMinute();

    ground().port().perform(PIPELINE, new DeleteQueue(WORK));

    assertThat(ground().read(WORK)).isEmpty();
    ground().port().perform(PIPELINE, new DeleteQueue(WORK));
  }

  @Test
  void neverDeletesAQueueThatHoldsAMessage() throws PortException {
    ground().make(WORK, PLAIN);
    ground().send(WORK, 1);
    ground().aMinute();
    refusal(new DeleteQueue(WORK));
    ground().aMinute();
    refusal(new DeleteQueue(WORK));

    ground().receive(WORK, 1);
    ground().aMinute();
    refusal(new DeleteQueue(WORK));

    assertThat(ground().read(WORK)).isPresent();
  }

  @Test
  void neverDeletesAQueueThatItHasNotMade() throws PortException {
    var namesake = new PipelineId(PIPELINE.namespace(), PIPELINE.name(), "another-uid");
    ground().stranger(WORK, PLAIN);
    ground().make(WORK, PLAIN);
    ground().make(DEAD, PLAIN);
    ground().read(WORK);
    ground().read(DEAD);
    ground().aMinute();

    refusal(new DeleteQueue(WORK));
    refusal(namesake, new DeleteQueue(DEAD));

    assertThat(ground().read(WORK)).isPresent();
    assertThat(ground().read(DEAD)).isPresent();
  }
}
