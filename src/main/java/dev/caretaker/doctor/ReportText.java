package dev.caretaker.doctor;

import dev.caretaker.doctor.Finding.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports for people: a line for each finding, with what to do where there is something to do. */
public final class ReportText {
  /** Longer ones stand out of their column; most names of endpoints and nodes fit. */
  private static final int WIDEST = 44;

  private ReportText() {}

  /** A line and what it says about, so that it can be coloured. */
  public record Line(Outcome outcome, String text) {}

  /** The lines of one report, aligned. */
  public static List<Line> lines(Report report) {
    int check = width(report.findings().stream().map(Finding::check).toList());
    int about = width(report.findings().stream().map(Finding::about).toList());
    var lines = new ArrayList<Line>();
    for (var each : report.findings()) {
      var line =
          "  %-7s  %s  %s  %s%s"
              .formatted(
                  word(each.outcome()),
                  padded(each.check(), check),
                  padded(each.about(), about),
                  each.text(),
                  each.todo().isEmpty() ? "" : ". Do: " + each.todo());
      lines.add(new Line(each.outcome(), line));
    }
    return lines;
  }

  /** What all of it comes to. */
  public static String summary(List<Report> reports) {
    return "%d checks: %d failed, %d warnings; %d skipped"
        .formatted(
            ReportJson.checks(reports),
            count(reports, Outcome.FAILED),
            count(reports, Outcome.WARNING),
            count(reports, Outcome.SKIPPED));
  }

  private static long count(List<Report> reports, Outcome outcome) {
    return reports.stream()
        .flatMap(report -> report.findings().stream())
        .filter(each -> each.outcome() == outcome)
        .count();
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case OK -> "ok";
      case SKIPPED, WARNING -> outcome.name().toLowerCase(Locale.ROOT);
      case FAILED -> "FAILED";
    };
  }

  private static int width(List<String> texts) {
    return Math.min(WIDEST, texts.stream().mapToInt(String::length).max().orElse(0));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
