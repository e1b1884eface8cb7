package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK throws, as sentences that say what to do. */
final class S3Failure {
  private static final int MOVED = 301;
  private static final Set<String> FORBIDDEN =
      Set.of("AccessDenied", "AccessDeniedException", "AllAccessDisabled");
  private static final Set<String> NOBODY =
      Set.of(
          "AccountProblem",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidSecurity",
          "InvalidToken",
          "NotSignedUp",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired");
  private static final Set<String> ELSEWHERE =
      Set.of(
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "PermanentRedirect");

  private S3Failure() {}

  /**
   * Translates.
   *
   * @param action as IAM names it, such as {@code s3:ListBucket}
   */
  static PortException of(String action, BucketName bucket, String region, SdkException thrown) {
    var where = "bucket " + bucket + " in " + region;
    if (thrown instanceof AwsServiceException answer) {
      return home(answer)
          .filter(home -> isElsewhere(answer) && !home.equals(region))
          .map(home -> elsewhere(bucket, home, region))
          .orElseGet(() -> answered(action, where, answer));
    }
    var said = String.valueOf(thrown.getMessage());
    if (said.contains("Unable to load credentials")) {
      return new PortException(
          Kind.DENIED,
          "no AWS credentials were found: give the service account a role (IRSA or Pod Identity),"
              + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          thrown);
    }
    return new PortException(
        Kind.UNKNOWN_OUTCOME,
        where + " gave no answer: check spec.queue.region, the way out and the DNS. " + said,
        thrown);
  }

  private static boolean isElsewhere(AwsServiceException answer) {
    return answer.statusCode() == MOVED || ELSEWHERE.contains(code(answer));
  }

  static String code(AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    return details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
  }

  static String message(AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    return details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
  }

  static boolean isForbidden(AwsServiceException answer) {
    return FORBIDDEN.contains(code(answer));
  }

  /** S3 says with most answers in which region a bucket is, whoever asks. */
  private static Optional<String> home(AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
  }

  static PortException elsewhere(BucketName bucket, String home, String region) {
    return new PortException(
        Kind.REFUSED,
        "bucket "
            + bucket
            + " is in "
            + home
            + ", not in "
            + region
            + ": name one in spec.queue.region; reading from another is slow and paid for");
  }

  private static PortException answered(String action, String where, AwsServiceException answer) {
    var code = code(answer);
    var said = code + ": " + message(answer);
    if (FORBIDDEN.contains(code)) {
      var sentence = "allow " + action + " on " + where + " in the policy of Caretaker's role. ";
      return new PortException(Kind.DENIED, sentence + said, answer);
    }
    if (NOBODY.contains(code)) {
      var sentence =
          "AWS does not accept the credentials: check that they are valid and that the clock is"
              + " right. ";
      return new PortException(Kind.DENIED, sentence + said, answer);
    }
    if (answer.isThrottlingException()) {
      var sentence = action + " on " + where + " is throttled, and asked again later. ";
      return new PortException(Kind.UNKNOWN_OUTCOME, sentence + said, answer);
    }
    var kind = answer.statusCode() >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
    var sentence = action + " on " + where + ": " + answer.statusCode() + " " + said;
    return new PortException(kind, sentence, answer);
  }
}
