package dev.caretaker.testkit;

/** Credentials that no stand-in looks at, where the AWS SDK's default chain looks first. */
public final class SdkCredentials {
  private SdkCredentials() {}

  /** For the whole process; there is nothing that they would open. */
  public static void give() {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", "not-a-secret");
  }
}
