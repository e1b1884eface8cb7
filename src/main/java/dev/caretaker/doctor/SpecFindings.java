package dev.caretaker.doctor;

import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.Parsed;
import java.util.List;

/** Whether the spec says what can be done. */
public final class SpecFindings {
  private static final String CHECK = "spec";

  private SpecFindings() {}

  /** A line for each problem; nothing else is looked at where there is one. */
  public static List<Finding> of(Parsed<EsCare> parsed) {
    if (parsed.value().isPresent()) {
      var care = parsed.value().get();
      return List.of(
          Finding.ok(
              CHECK,
              "spec",
              "%d endpoints, %d zones, %d hosts"
                  .formatted(
                      care.access().endpoints().size(),
                      care.policy().zones().size(),
                      care.policy().hosts().size())));
    }
    return parsed.problems().stream()
        .map(each -> Finding.failed(CHECK, each.path(), each.sentence(), "mend the spec first"))
        .toList();
  }

  /** What is said where no API server is asked. */
  public static Finding withoutKubernetes() {
    return Finding.skipped(
        "kubernetes",
        "CRD, RBAC",
        "no API server was asked: name one by --kubeconfig or --context");
  }
}
