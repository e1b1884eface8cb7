package dev.caretaker.testkit;

import java.net.URI;

/** Where the AWS SDK of this process finds EC2 and SQS, until it is closed. */
public final class AwsEndpoints implements AutoCloseable {
  private static final String EC2 = "aws.endpointUrlEc2";
  private static final String SQS = "aws.endpointUrlSqs";

  private AwsEndpoints() {}

  /** Leads both to one stand-in, with credentials that it does not look at. */
  public static AwsEndpoints at(URI url) {
    SdkCredentials.give();
    System.setProperty(EC2, url.toString());
    System.setProperty(SQS, url.toString());
    return new AwsEndpoints();
  }

  @Override
  public void close() {
    System.clearProperty(EC2);
    System.clearProperty(SQS);
  }
}
