package dev.caretaker.adapter.s3;

import java.net.URI;
import java.util.Optional;

/**
 * Where buckets are asked for. Credentials come from the SDK's default chain, as for EC2; {@code
 * AWS_ENDPOINT_URL_S3} leads elsewhere, as for every program with an AWS SDK.
 *
 * @param endpoint instead of the region's own, for stand-ins and private endpoints; buckets are a
 *     part of its paths, not of its host's name
 */
public record S3Settings(String region, Optional<URI> endpoint) {
  public static S3Settings of(String region) {
    return new S3Settings(region, Optional.empty());
  }
}
