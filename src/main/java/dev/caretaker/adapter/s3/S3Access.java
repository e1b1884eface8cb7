package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.port.PortException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 in one region. What fails on the way, or is throttled, is tried again after a growing pause,
 * three times in all: everything that is asked for here may be asked for twice.
 */
record S3Access(String region, S3Client client) implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** With all attempts and the pauses between them. */
  private static final Duration CALL = Duration.ofSeconds(25);

  static S3Access open(S3Settings settings) {
    var again = AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    var builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .httpClientBuilder(
                ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT))
            .overrideConfiguration(
                each ->
                    each.retryStrategy(again).apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
    settings.endpoint().ifPresent(at -> builder.endpointOverride(at).forcePathStyle(true));
    return new S3Access(settings.region(), builder.build());
  }

  /**
   * Asks, and translates what goes wrong.
   *
   * @param action as IAM names it
   */
  <T> T ask(String action, BucketName bucket, Supplier<T> call) throws PortException {
    try {
      return call.get();
    } catch (SdkException failed) {
      throw S3Failure.of(action, bucket, region, failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
