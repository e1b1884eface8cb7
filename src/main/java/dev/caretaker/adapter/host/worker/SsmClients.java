package dev.caretaker.adapter.host.worker;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Opens clients of SSM. */
final class SsmClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 3;

  private SsmClients() {}

  /** A command that is sent twice runs twice, and each of ours looks first whether it is needed. */
  static SsmClient open(SsmSettings settings) {
    var again = AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    var builder =
        SsmClient.builder()
            .region(Region.of(settings.region()))
            .httpClient(
                ApacheHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(ATTEMPT)
                    .build())
            .overrideConfiguration(
                each ->
                    each.retryStrategy(again).apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
