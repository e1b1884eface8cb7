package dev.caretaker.operator;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what changed; the same thing said again is counted, also by the next process. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  /** The API server's own limit for messages. */
  private static final int LONGEST = 1024;

  private final KubernetesClient client;
  private final Clock clock;

  Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  void normal(HasMetadata about, String reason, String message) {
    tell(about, "Normal", reason, message);
  }

  void warning(HasMetadata about, String reason, String message) {
    tell(about, "Warning", reason, message);
  }

  /** An event that cannot be written is no reason to stop: the condition says the same. */
  private void tell(HasMetadata about, String type, String reason, String message) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var said = message.length() <= LONGEST ? message : message.substring(0, LONGEST);
    var event = event(about, type, reason, said, now);
    var events = client.v1().events().inNamespace(about.getMetadata().getNamespace());
    try {
      var before = events.withName(event.getMetadata().getName()).get();
      if (before == null) {
        events.resource(event).create();
        return;
      }
      before.setCount(Objects.requireNonNullElse(before.getCount(), 1) + 1);
      before.setLastTimestamp(now);
      events.resource(before).update();
    } catch (KubernetesClientException failure) {
      LOG.debug("event {} about {} was not written", reason, about.getMetadata(), failure);
    }
  }

  private static Event event(
      HasMetadata about, String type, String reason, String message, String now) {
    var metadata = about.getMetadata();
    var hash = Integer.toHexString(Objects.hash(metadata.getUid(), type, reason, message));
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName() + "." + hash)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .endInvolvedObject()
        .withType(type)
        .withReason(reason)
        .withMessage(message)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent("caretaker")
        .endSource()
        .withReportingComponent("caretaker.dev/operator")
        .build();
  }
}
