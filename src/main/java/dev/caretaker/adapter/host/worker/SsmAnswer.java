package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.worker.Shell.Ended;
import dev.caretaker.adapter.host.worker.Shell.Failed;
import dev.caretaker.adapter.host.worker.Shell.Said;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** What SSM says of a command on one machine, as what is known about it. */
final class SsmAnswer {
  /** What SSM keeps of each stream, in characters; the rest would be in a bucket. */
  static final int LONGEST = 24_000;

  /** With this code a command has not begun. */
  private static final int NOT_BEGUN = -1;

  private static final Set<String> FORBIDDEN = Set.of("AccessDenied", "AccessDeniedException");

  private SsmAnswer() {}

  /** Success and Failed are ends of the script; all else says that nobody knows, or none began. */
  static Said of(GetCommandInvocationResponse answer) {
    var machine = String.valueOf(answer.instanceId());
    var details = String.valueOf(answer.statusDetails());
    int code = answer.responseCode() == null ? NOT_BEGUN : answer.responseCode();
    return switch (details) {
      case "Success" -> ended(machine, code, answer);
      case "Failed" ->
          code == NOT_BEGUN
              ? failed(Kind.UNKNOWN_OUTCOME, machine, details, "its agent tells no exit status")
              : ended(machine, code, answer);
      case "DeliveryTimedOut" ->
          failed(
              Kind.UNREACHABLE,
              machine,
              details,
              "its agent did not take the command: is the machine up, and the agent running?");
      case "Undeliverable" ->
          failed(
              Kind.UNREACHABLE,
              machine,
              details,
              "SSM cannot reach it: has it an instance profile, and a way to SSM's endpoints?");
      case "Terminated", "RateExceeded" ->
          failed(Kind.UNREACHABLE, machine, details, "SSM did not send the command to it");
      case "AccessDenied" ->
          failed(Kind.DENIED, machine, details, "the role may not command this machine");
      case "InvalidPlatform" -> failed(Kind.REFUSED, machine, details, "it runs no Linux");
      case "ExecutionTimedOut" ->
          failed(Kind.UNKNOWN_OUTCOME, machine, details, "the script has not ended in time");
      default -> failed(Kind.UNKNOWN_OUTCOME, machine, details, "it has not answered in time");
    };
  }

  private static Said ended(String machine, int code, GetCommandInvocationResponse answer) {
    var output = text(answer.standardOutputContent());
    if (output.length() >= LONGEST) {
      return failed(
          Kind.UNKNOWN_OUTCOME,
          machine,
          "truncated",
          "its answer was cut off by SSM at " + LONGEST + " characters");
    }
    return new Ended(code, (output + "\n" + text(answer.standardErrorContent())).strip());
  }

  private static String text(String content) {
    return content == null ? "" : content;
  }

  private static Failed failed(Kind kind, String machine, String details, String sentence) {
    return new Failed(
        new PortException(kind, "SSM says " + details + " of " + machine + ": " + sentence));
  }

  static PortException unknownMachine(String machine, SdkException thrown) {
    return new PortException(
        Kind.UNREACHABLE,
        "SSM does not know "
            + machine
            + ": it needs the agent, and an instance profile with AmazonSSMManagedInstanceCore;"
            + " a new machine needs a minute",
        thrown);
  }

  /**
   * A call that failed as a whole.
   *
   * @param action as IAM names it, such as {@code ssm:SendCommand}
   */
  static PortException failure(String action, SsmSettings settings, SdkException thrown) {
    var said = String.valueOf(thrown.getMessage());
    var what = action + " in " + settings.region();
    if (thrown instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      if (FORBIDDEN.contains(String.valueOf(answer.awsErrorDetails().errorCode()))) {
        return new PortException(
            Kind.DENIED, "allow " + action + " in the policy of Caretaker's role. " + said, thrown);
      }
      if (answer.isThrottlingException()) {
        return new PortException(
            Kind.UNREACHABLE, what + " is throttled, and asked again later. " + said, thrown);
      }
      var kind = answer.statusCode() >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
      return new PortException(kind, what + ": " + said, thrown);
    }
    if (said.contains("Unable to load credentials")) {
      return new PortException(
          Kind.DENIED,
          "no AWS credentials were found: give the service account a role (IRSA or Pod Identity),"
              + " or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          thrown);
    }
    return new PortException(Kind.UNKNOWN_OUTCOME, what + " had no answer: " + said, thrown);
  }
}
