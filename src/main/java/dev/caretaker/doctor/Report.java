package dev.caretaker.doctor;

import java.util.List;

/**
 * What was found about one EsCluster, or about the API server.
 *
 * @param subject namespace/name, or what else it is about
 */
public record Report(String subject, List<Finding> findings) {
  public Report {
    findings = List.copyOf(findings);
  }

  public boolean failed() {
    return findings.stream().anyMatch(Finding::failed);
  }
}
