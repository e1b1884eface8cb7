package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.QueuePort;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The queues of a simulated platform, as they tell of themselves: late. */
public final class PlatformQueues implements QueuePort {
  private final Platform platform;
  private final Supplier<Duration> age;

  /**
   * A port.
   *
   * @param age of what is told; SQS is right about a minute later
   */
  public PlatformQueues(Platform platform, Supplier<Duration> age) {
    this.platform = platform;
    this.age = age;
  }

  @Override
  public Observed<Optional<QueueView>> read(QueueName name) {
    var now = platform.instant();
    var late = platform.cloudWatchLate;
    // An age that CloudWatch does not tell for so long is not shown as the present one.
    Optional<Instant> agedAt =
        late.compareTo(Duration.ofMinutes(10)) > 0
            ? Optional.empty()
            : Optional.of(now.minus(late));
    return Observed.known(
        platform.queue(name).map(queue -> queue.view(now.minus(age.get()), agedAt)));
  }

  @Override
  public Observed<QueueTraffic> traffic(QueueName name, Instant since) {
    var toldTo = platform.instant().minus(platform.cloudWatchLate);
    return Observed.known(
        platform.queue(name).map(queue -> queue.traffic(since, toldTo)).orElse(QueueTraffic.NONE));
  }

  @Override
  public void perform(PipelineId pipeline, PipelineAction.OnQueue action) throws PortException {
    if (action instanceof PipelineAction.CreateQueue create) {
      create(create);
    } else if (action instanceof PipelineAction.DeleteQueue delete) {
      delete(delete.queue());
    } else if (action instanceof PipelineAction.SendObjects send) {
      send(send);
    }
  }

  private void create(PipelineAction.CreateQueue create) throws PortException {
    var dead = create.attributes().deadLetter();
    if (dead.isPresent() && platform.queue(dead.get().queue()).isEmpty()) {
      throw refused("there is no queue " + dead.get().queue());
    }
    platform.makeQueue(create.queue(), create.attributes(), true);
  }

  private void delete(QueueName name) throws PortException {
    var queue = platform.queue(name);
    if (queue.isEmpty()) {
      return;
    }
    var seen = queue.get().view(platform.instant(), Optional.empty());
    if (!queue.get().isOurs() || seen.backlog() > 0) {
      throw refused(name + " is not ours, or holds messages");
    }
    platform.removeQueue(name);
  }

  private void send(PipelineAction.SendObjects send) throws PortException {
    if (platform.queue(send.queue()).isEmpty()) {
      throw refused("there is no queue " + send.queue());
    }
    send.objects().forEach(each -> platform.send(send.queue(), each.key(), Duration.ZERO));
  }

  private static PortException refused(String what) {
    return new PortException(PortException.Kind.REFUSED, what);
  }
}
