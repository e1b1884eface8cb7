package dev.caretaker.testkit;

import java.net.URI;
import java.util.List;

/** Where the AWS SDK of this process finds the services of AWS, until it is closed. */
public final class AwsEndpoints implements AutoCloseable {
  private static final List<String> SERVICES =
      List.of("aws.endpointUrlEc2", "aws.endpointUrlSqs", "aws.endpointUrlS3");
  private static final String METRICS = "aws.endpointUrlCloudWatch";

  private AwsEndpoints() {}

  /**
   * Leads all of them to one stand-in, with credentials that it does not look at. No stand-in knows
   * how CloudWatch is asked, and nobody asks the real one: that does not answer.
   */
  public static AwsEndpoints at(URI url) {
    SdkCredentials.give();
    SERVICES.forEach(each -> System.setProperty(each, url.toString()));
    System.setProperty(METRICS, "http://127.0.0.1:1");
    return new AwsEndpoints();
  }

  @Override
  public void close() {
    SERVICES.forEach(System::clearProperty);
    System.clearProperty(METRICS);
  }
}
