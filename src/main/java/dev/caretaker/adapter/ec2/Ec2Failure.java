package dev.caretaker.adapter.ec2;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.http.conn.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the SDK throws, as what is known about the call and as a sentence that says what to do.
 *
 * @param code as EC2 names it; empty where it was not EC2 that answered
 */
record Ec2Failure(Kind kind, String code, String sentence, Throwable cause) {
  private static final Pattern ACTION = Pattern.compile("perform: ([a-z0-9-]+:[A-Za-z]+)");
  private static final Pattern POD_IDENTITY =
      Pattern.compile(
          "(WebIdentityTokenFile|Container)CredentialsProvider\\(\\): (.+?)"
              + "(?=, \\w+CredentialsProvider\\(|]$)");

  /** It ends up in a status. */
  private static final int LONGEST = 500;

  private static final String ALLOW = "allow ";
  private static final String ENCODED = " Encoded authorization failure message";

  private static final Set<String> FORBIDDEN =
      Set.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException");
  private static final Set<String> NOBODY =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "MissingAuthenticationToken",
          "OptInRequired",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  /**
   * Translates.
   *
   * @param action as IAM names it, such as {@code ec2:CreateFleet}
   */
  static Ec2Failure of(String action, String region, SdkException thrown) {
    return thrown instanceof AwsServiceException answer
        ? answered(action, region, answer)
        : unanswered(action, region, thrown);
  }

  private static Ec2Failure answered(String action, String region, AwsServiceException answer) {
    var details = answer.awsErrorDetails();
    var code = details == null ? null : details.errorCode();
    if (code == null || code.isEmpty()) {
      return new Ec2Failure(
          Kind.UNKNOWN_OUTCOME,
          "",
          action
              + " was answered with "
              + answer.statusCode()
              + ", but not in EC2's words: is a proxy in the way?",
          answer);
    }
    var said = code + ": " + words(action, details.errorMessage());
    if (answer.isThrottlingException()) {
      var sentence = action + " in " + region + " is throttled, and asked again later. " + said;
      return new Ec2Failure(Kind.UNREACHABLE, code, sentence, answer);
    }
    if (FORBIDDEN.contains(code)) {
      var sentence = said.contains("policy") ? said : allow(action) + said;
      return new Ec2Failure(Kind.DENIED, code, sentence, answer);
    }
    if (NOBODY.contains(code)) {
      var sentence =
          "EC2 does not accept the credentials: check that they are valid, that the clock is right"
              + " and that the account has the region "
              + region
              + ". "
              + said;
      return new Ec2Failure(Kind.DENIED, code, sentence, answer);
    }
    var kind = answer.statusCode() >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
    return new Ec2Failure(kind, code, action + " in " + region + ": " + said, answer);
  }

  /** EC2's own words, without what only EC2 can read; a missing right is named first. */
  static String words(String action, @Nullable String message) {
    var text = message == null ? "" : message;
    int encoded = text.indexOf(ENCODED);
    int end = Math.min(encoded < 0 ? text.length() : encoded, LONGEST);
    var readable = text.substring(0, end);
    if (!readable.contains("not authorized to perform")) {
      return readable;
    }
    var named = ACTION.matcher(readable);
    var missing = named.find() ? named.group(1) : action;
    return readable.contains("explicit deny")
        ? "a policy forbids " + missing + ", which Caretaker's own cannot lift. " + readable
        : allow(missing) + readable;
  }

  private static String allow(String action) {
    return ALLOW + action + " in the policy of Caretaker's role. ";
  }

  private static Ec2Failure unanswered(String action, String region, SdkException thrown) {
    var said = String.valueOf(thrown.getMessage());
    if (said.contains("Unable to load credentials")) {
      return new Ec2Failure(Kind.DENIED, "", noCredentials(said), thrown);
    }
    if (causedBy(thrown, UnknownHostException.class)) {
      var sentence = "EC2 has no address in " + region + ": check spec.region and the DNS. " + said;
      return new Ec2Failure(Kind.UNREACHABLE, "", sentence, thrown);
    }
    if (causedBy(thrown, ConnectException.class)
        || causedBy(thrown, NoRouteToHostException.class)
        || causedBy(thrown, ConnectTimeoutException.class)) {
      var sentence =
          "EC2 cannot be reached in "
              + region
              + ": check the way out, NetworkPolicy, NAT or VPC endpoint. "
              + said;
      return new Ec2Failure(Kind.UNREACHABLE, "", sentence, thrown);
    }
    if (causedBy(thrown, SSLException.class)) {
      var sentence = "EC2's certificate is not trusted: is a proxy in the way? " + said;
      return new Ec2Failure(Kind.UNREACHABLE, "", sentence, thrown);
    }
    var sentence = action + " in " + region + " had no answer: " + said;
    return new Ec2Failure(Kind.UNKNOWN_OUTCOME, "", sentence, thrown);
  }

  /** Of all that the chain tried, what a pod could have is worth a word. */
  private static String noCredentials(String said) {
    var reasons =
        POD_IDENTITY
            .matcher(said)
            .results()
            .map(each -> each.group(1) + ": " + each.group(2))
            .collect(Collectors.joining("; "));
    return "no AWS credentials were found: give the service account a role (IRSA or Pod Identity),"
        + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. "
        + reasons;
  }

  private static boolean causedBy(Throwable thrown, Class<? extends Throwable> kind) {
    Throwable cause = thrown;
    // A cause of a cause of a cause is as deep as the SDK wraps; the bound is against cycles.
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Whether it ends a purchase: EC2 said no for a reason that waits for the market or for a person.
   * Its errors of capacity come with status 500.
   */
  boolean isFinal() {
    return kind == Kind.REFUSED
        || FORBIDDEN.contains(code)
        || code.startsWith("Insufficient")
        || code.equals("UnfulfillableCapacity");
  }

  boolean isForbidden() {
    return FORBIDDEN.contains(code);
  }

  /** Whether EC2 does not know who asks, or nobody said. */
  boolean isOfCredentials() {
    return kind == Kind.DENIED && !isForbidden();
  }

  /** Whether EC2 says that this action is what is missing. */
  boolean names(String action) {
    return sentence.contains(" " + action + " ") || sentence.contains(" " + action + ",");
  }

  PortException exception() {
    return new PortException(kind, sentence, cause);
  }
}
