package dev.caretaker.adapter.host.worker;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How machines are reached by AWS Systems Manager; they need its agent and an instance profile.
 *
 * @param endpoint another one than AWS's own
 * @param patience how long an answer of the machines is waited for
 * @param firstPause between the first two looks; the later ones are longer
 */
public record SsmSettings(
    String region, Optional<URI> endpoint, Duration patience, Duration firstPause) {

  /** An agent answers within seconds; one that does not is asked again in the next pass. */
  public static SsmSettings in(String region) {
    return new SsmSettings(
        region, Optional.empty(), Duration.ofSeconds(45), Duration.ofMillis(500));
  }
}
