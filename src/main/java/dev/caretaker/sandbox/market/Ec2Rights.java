package dev.caretaker.sandbox.market;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the caller may do, by the names of IAM. */
final class Ec2Rights {
  private static final String CODE = "UnauthorizedOperation";

  /** What one launch needs. */
  private static final List<String> LAUNCH =
      List.of("ec2:RunInstances", "ec2:CreateTags", "iam:PassRole");

  private volatile Set<String> denied = Set.of();
  private volatile Optional<String> demanded = Optional.empty();

  void deny(Set<String> actions) {
    denied = Set.copyOf(actions);
  }

  void demandTag(String key) {
    demanded = Optional.of(key);
  }

  /**
   * Asked before anything else.
   *
   * @throws Ec2Error where the caller may not
   */
  void check(Ec2Request request) throws Ec2Error {
    var action = request.action();
    var refused =
        action.equals("RunInstances")
            ? launch(request)
            : Optional.of("ec2:" + action).filter(denied::contains).map(Ec2Rights::lacks);
    if (refused.isPresent()) {
      throw new Ec2Error(403, CODE, refused.get());
    }
  }

  /** The answer to a fleet that may be created, and whose machines may not be started. */
  Optional<String> refusedLaunch(Ec2Request request) {
    return launch(request)
        .map(
            words ->
                Ec2Answer.to(
                    request.action(),
                    answer ->
                        answer
                            .text("fleetId", "fleet-refused")
                            .list(
                                "errorSet",
                                List.of(words),
                                (item, each) ->
                                    item.text("errorCode", CODE)
                                        .text("errorMessage", each)
                                        .text("lifecycle", "spot"))));
  }

  /** Why machines may not be started, in EC2's words. */
  private Optional<String> launch(Ec2Request request) {
    return LAUNCH.stream()
        .filter(denied::contains)
        .findFirst()
        .map(Ec2Rights::lacks)
        .or(
            () ->
                demanded
                    .filter(key -> !request.tags("instance").containsKey(key))
                    .map(
                        key ->
                            refused("ec2:RunInstances")
                                + " with an explicit deny in a service control policy"));
  }

  private static String lacks(String action) {
    return refused(action) + " because no identity-based policy allows the " + action + " action";
  }

  private static String refused(String action) {
    return "You are not authorized to perform this operation. User: arn:aws:sts::123456789012:"
        + "assumed-role/caretaker/sandbox is not authorized to perform: "
        + action;
  }
}
