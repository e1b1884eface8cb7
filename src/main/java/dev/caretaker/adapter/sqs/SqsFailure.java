package dev.caretaker.adapter.sqs;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueDeletedRecentlyException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What the SDK throws, as sentences that say what to do. */
final class SqsFailure {
  private static final Set<String> FORBIDDEN = Set.of("AccessDenied", "AccessDeniedException");
  private static final Set<String> NOBODY =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private SqsFailure() {}

  /**
   * Translates.
   *
   * @param action as IAM names it, such as {@code sqs:ReceiveMessage}
   */
  static PortException of(String action, QueuePlace where, SdkException thrown) {
    if (thrown instanceof QueueDoesNotExistException) {
      var sentence =
          "there is no "
              + where
              + ", or sqs:GetQueueUrl is not allowed on it: check "
              + where.field()
              + ", "
              + where.regionField()
              + " and the policy of Caretaker's role";
      return new PortException(Kind.REFUSED, sentence, thrown);
    }
    if (thrown instanceof QueueDeletedRecentlyException) {
      var sentence =
          where
              + " was deleted less than a minute ago, and SQS makes none of its name before the"
              + " minute is over: it is tried again in a minute";
      return new PortException(Kind.REFUSED, sentence, thrown);
    }
    return thrown instanceof AwsServiceException answer
        ? answered(action, where, answer)
        : unanswered(where, thrown);
  }

  private static PortException unanswered(QueuePlace where, SdkException thrown) {
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
        where
            + " gave no answer: check "
            + where.regionField()
            + ", the way out and the DNS. "
            + said,
        thrown);
  }

  static PortException closed(QueuePlace where, Exception cause) {
    return new PortException(
        Kind.UNKNOWN_OUTCOME, "the way to " + where + " was closed meanwhile", cause);
  }

  private static PortException answered(
      String action, QueuePlace where, AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    var code = details == null ? "" : String.valueOf(details.errorCode());
    var said = code + ": " + (details == null ? "" : details.errorMessage());
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
    if (code.startsWith("Kms") || code.startsWith("KMS.")) {
      var rights =
          action.equals("sqs:SendMessage") ? "kms:GenerateDataKey and kms:Decrypt" : "kms:Decrypt";
      var sentence = where + " is encrypted: allow " + rights + " on its key. ";
      return new PortException(Kind.DENIED, sentence + said, answer);
    }
    if (answer.isThrottlingException()) {
      var sentence = action + " on " + where + " is throttled, and asked again later. ";
      return new PortException(Kind.UNKNOWN_OUTCOME, sentence + said, answer);
    }
    var kind = answer.statusCode() >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
    return new PortException(kind, action + " on " + where + ": " + said, answer);
  }
}
