package dev.caretaker.operator;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why something failed: what was tried, and the deepest cause, which is what helps people. */
public final class Causes {

  private Causes() {}

  /** One sentence. */
  public static String of(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var said = String.valueOf(failure.getMessage()).strip();
    return deepest == failure ? said : said + " (" + deepest + ")";
  }

  /**
   * What the API server has against an object. It says so each time in another order, which must
   * not look like news.
   */
  static String ofRefusal(KubernetesClientException refusal) {
    var details = Optional.ofNullable(refusal.getStatus()).map(Status::getDetails);
    var causes = details.map(StatusDetails::getCauses).orElse(List.of());
    return causes.isEmpty()
        ? of(refusal)
        : causes.stream()
            .map(each -> each.getField() + ": " + each.getMessage())
            .sorted()
            .collect(Collectors.joining("; "));
  }
}
