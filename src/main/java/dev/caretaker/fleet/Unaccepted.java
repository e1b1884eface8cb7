package dev.caretaker.fleet;

import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What EC2 refused lately and only a person can put right, read off what was told. */
final class Unaccepted {
  /** Longer than a refused request waits before it is sent again. */
  private static final Duration STANDS = Duration.ofMinutes(20);

  private static final String NOT_GIVEN_BACK = "NotGivenBack";
  private static final Set<String> OF_PURCHASES =
      Set.of("NotPermitted", "TemplateLacksTags", "TemplateNotFound", "RequestRefused");

  private final List<FleetProgress.Told> told;
  private final Instant now;

  Unaccepted(List<FleetProgress.Told> told, Instant now) {
    this.told = told;
    this.now = now;
  }

  /** Why a purchase was refused, in EC2's words, with what to do. */
  static Reason purchase(Purchase purchase, PurchaseError error, Instant again) {
    var said =
        error.message().contains(error.code())
            ? error.message()
            : error.code() + ": " + error.message();
    var refused =
        "%d x %s, asked for again at %s: "
            .formatted(purchase.count(), purchase.pool(), again.truncatedTo(ChronoUnit.SECONDS));
    return switch (error.kind()) {
      case DENIED -> new Reason("NotPermitted", refused + permission(error.code(), said));
      case TAGS ->
          new Reason(
              "TemplateLacksTags",
              refused
                  + "the account demands tags that the launch template lacks: add them to the"
                  + " TagSpecifications of a new version, and name it in spec.launchTemplate. "
                  + said);
      case CAPACITY, QUOTA, PRICE, UNSUPPORTED, ADDRESSES, REQUEST ->
          error.code().startsWith("InvalidLaunchTemplate")
              ? new Reason(
                  "TemplateNotFound",
                  refused
                      + "there is no launch template %s with version %s: correct"
                          .formatted(purchase.template().name(), purchase.template().version())
                      + " spec.launchTemplate. "
                      + said)
              : new Reason(
                  "RequestRefused", refused + "correct the spec or its launch template. " + said);
    };
  }

  private static String permission(String code, String said) {
    if (said.contains("allow ")) {
      return said;
    }
    return code.contains("ServiceLinkedRole")
        ? "create the service-linked roles of EC2 Spot and EC2 Fleet in the account. " + said
        : "give Caretaker's role the policy of the documentation. " + said;
  }

  /** Why machines are still there that EC2 was asked to take back. */
  static Reason removal(Collection<?> machines, String sentence) {
    return new Reason(
        NOT_GIVEN_BACK, "EC2 does not take back " + machines + ", asked again: " + sentence);
  }

  /** What stands against purchases; a later one that EC2 took ends it. */
  Optional<Reason> purchases(boolean someArePending) {
    for (var each : told) {
      if (!someArePending && each.reason().code().equals("Buy")) {
        return Optional.empty();
      }
      if (OF_PURCHASES.contains(each.reason().code())) {
        return Optional.of(each).filter(this::stands).map(FleetProgress.Told::reason);
      }
    }
    return Optional.empty();
  }

  private boolean stands(FleetProgress.Told each) {
    return each.at().plus(STANDS).isAfter(now);
  }

  private Optional<Reason> removals() {
    return told.stream()
        .filter(each -> each.reason().code().equals(NOT_GIVEN_BACK) && stands(each))
        .findFirst()
        .map(FleetProgress.Told::reason);
  }

  /** Whether a failed removal was told lately. */
  boolean saidOfRemovals() {
    return removals().isPresent();
  }

  Condition condition(boolean someArePending) {
    var all = new ArrayList<Reason>();
    purchases(someArePending).ifPresent(all::add);
    removals().ifPresent(all::add);
    if (all.isEmpty()) {
      return Condition.yes(
          "RequestsAccepted", "NothingRefused", "EC2 refuses nothing that a person must put right");
    }
    var sentences = all.stream().map(Reason::sentence).toList();
    return Condition.no("RequestsAccepted", all.get(0).code(), String.join("; ", sentences));
  }
}
