package dev.caretaker.adapter.sqs;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What the SDK throws, as sentences that say what to do. */
final class SqsFailure {
  private static final Set<String> FORBIDDEN = Set.of("AccessDenied", "AccessDeniedException");

  private SqsFailure() {}

  /**
   * Translates.
   *
   * @param action as IAM names it, such as {@code sqs:ReceiveMessage}
   */
  static PortException of(String action, SqsSettings settings, SdkException thrown) {
    var where = "queue " + settings.queue() + " in " + settings.region();
    if (thrown instanceof QueueDoesNotExistException) {
      var sentence =
          "there is no "
              + where
              + ", or sqs:GetQueueUrl is not allowed on it: check spec.interruption.queue,"
              + " spec.region and the policy of Caretaker's role";
      return new PortException(Kind.REFUSED, sentence, thrown);
    }
    if (thrown instanceof AwsServiceException answer) {
      return answered(action, where, answer);
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
        where + " gave no answer: check spec.region, the way out and the DNS. " + said,
        thrown);
  }

  static PortException closed(SqsSettings settings, Exception cause) {
    return new PortException(
        Kind.UNKNOWN_OUTCOME, "queue " + settings.queue() + " was closed meanwhile", cause);
  }

  private static PortException answered(String action, String where, AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    var code = details == null ? "" : String.valueOf(details.errorCode());
    var said = code + ": " + (details == null ? "" : details.errorMessage());
    if (FORBIDDEN.contains(code)) {
      var sentence = "allow " + action + " on " + where + " in the policy of Caretaker's role. ";
      return new PortException(Kind.DENIED, sentence + said, answer);
    }
    if (code.startsWith("Kms") || code.startsWith("KMS.")) {
      var sentence = where + " is encrypted: allow kms:Decrypt on its key. ";
      return new PortException(Kind.DENIED, sentence + said, answer);
    }
    boolean later = answer.isThrottlingException() || answer.statusCode() >= 500;
    var kind = later ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
    return new PortException(kind, action + " on " + where + ": " + said, answer);
  }
}
