package dev.caretaker.adapter.ec2;

import java.net.URI;
import java.util.Optional;

/**
 * Where EC2 is asked. Credentials come from the SDK's default chain: environment, web identity
 * (IRSA), profile files, container and instance roles.
 *
 * @param endpoint instead of the region's own, for stand-ins and private endpoints
 */
public record Ec2Settings(String region, Optional<URI> endpoint) {
  public static Ec2Settings of(String region) {
    return new Ec2Settings(region, Optional.empty());
  }
}
