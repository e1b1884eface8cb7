package dev.caretaker.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caretaker.doctor.Finding.Outcome;
import java.io.IOException;
import java.util.List;

/** Reports for programs. */
public final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  /** All of them as one object; {@code checks} counts what was looked at, not what was skipped. */
  public static String text(List<Report> reports) throws IOException {
    var all = JSON.createObjectNode().put("checks", checks(reports));
    var failed = all.putArray("failed");
    var warnings = all.putArray("warnings");
    var skipped = all.putArray("skipped");
    for (var report : reports) {
      for (var each : report.findings()) {
        switch (each.outcome()) {
          case FAILED -> add(failed, report, each, "problem");
          case WARNING -> add(warnings, report, each, "problem");
          case SKIPPED -> add(skipped, report, each, "reason");
          case OK -> {}
        }
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  static long checks(List<Report> reports) {
    return reports.stream()
        .flatMap(report -> report.findings().stream())
        .filter(each -> each.outcome() != Outcome.SKIPPED)
        .count();
  }

  private static void add(ArrayNode list, Report report, Finding finding, String textKey) {
    var json =
        list.addObject()
            .put("check", finding.check())
            .put("about", finding.about())
            .put(textKey, finding.text());
    if (!finding.todo().isEmpty()) {
      json.put("todo", finding.todo());
    }
    json.put("subject", report.subject());
  }
}
