package dev.caretaker.adapter.ec2;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Two clients over one pool of connections: reads are tried again at once; what changes something
 * is sent once, so that its outcome is that of one request, and repeated by who decides.
 */
record Ec2Clients(String region, Ec2Client reads, Ec2Client writes) implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;
  private static final Duration READ_ATTEMPT = Duration.ofSeconds(20);
  private static final Duration READ = Duration.ofSeconds(45);

  /** CreateFleet of type instant answers when the machines are there, or are not to be had. */
  private static final Duration WRITE = Duration.ofSeconds(60);

  static Ec2Clients open(Ec2Settings settings) {
    return open(settings, WRITE);
  }

  /**
   * Opens.
   *
   * @param write how long an answer to what changes something is waited for
   */
  static Ec2Clients open(Ec2Settings settings, Duration write) {
    var http = ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(write).build();
    var again = AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    return new Ec2Clients(
        settings.region(),
        client(settings, http, again, READ_ATTEMPT, READ),
        client(settings, http, AwsRetryStrategy.doNotRetry(), write, write));
  }

  private static Ec2Client client(
      Ec2Settings settings,
      SdkHttpClient http,
      RetryStrategy retries,
      Duration attempt,
      Duration call) {
    var builder =
        Ec2Client.builder()
            .region(Region.of(settings.region()))
            .httpClient(http)
            .overrideConfiguration(
                each ->
                    each.retryStrategy(retries)
                        .apiCallAttemptTimeout(attempt)
                        .apiCallTimeout(call));
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public void close() {
    reads.close();
    writes.close();
  }
}
