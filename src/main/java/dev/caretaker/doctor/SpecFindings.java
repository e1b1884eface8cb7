package dev.caretaker.doctor;

import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.Parsed;
import dev.caretaker.mapping.PipelineCare;
import java.util.List;
import java.util.function.Function;

/** Whether the spec says what can be done. */
public final class SpecFindings {
  private static final String CHECK = "spec";

  private SpecFindings() {}

  /** A line for each problem; nothing else is looked at where there is one. */
  public static List<Finding> of(Parsed<EsCare> parsed) {
    return of(
        parsed,
        care ->
            "%d endpoints, %d zones, %d hosts"
                .formatted(
                    care.access().endpoints().size(),
                    care.policy().zones().size(),
                    care.policy().hosts().size()));
  }

  /** The same of a SpotFleet. */
  public static List<Finding> ofFleet(Parsed<FleetCare> parsed) {
    return of(
        parsed,
        care ->
            "%d subnets in %s, %s USD/h"
                .formatted(care.policy().subnets().size(), care.region(), care.policy().budget()));
  }

  /** The same of an EtlPipeline. */
  public static List<Finding> ofPipeline(Parsed<PipelineCare> parsed) {
    return of(
        parsed,
        care ->
            "queue %s in %s, %d tables, %s"
                .formatted(
                    care.policy().queue().name(),
                    care.region(),
                    care.mappings().size(),
                    care.machines()));
  }

  private static <T> List<Finding> of(Parsed<T> parsed, Function<T, String> words) {
    return parsed
        .value()
        .map(care -> List.of(Finding.ok(CHECK, "spec", words.apply(care))))
        .orElseGet(
            () ->
                parsed.problems().stream()
                    .map(
                        each ->
                            Finding.failed(
                                CHECK, each.path(), each.sentence(), "mend the spec first"))
                    .toList());
  }

  /** What is said where no API server is asked. */
  public static Finding withoutKubernetes() {
    return Finding.skipped(
        "kubernetes",
        "CRD, RBAC",
        "no API server was asked: name one by --kubeconfig or --context");
  }
}
