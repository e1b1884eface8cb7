package dev.caretaker.replay;

import dev.caretaker.fleet.policy.FleetPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Spend against budget, and utility against the best there was, as a picture. */
public final class Chart {
  private Chart() {}

  /** Writes an SVG file. */
  public static void write(Path file, FleetPolicy policy, Report report) throws IOException {
    System.setProperty("java.awt.headless", "true");
    var chart =
        new XYChartBuilder()
            .width(1000)
            .height(600)
            .title(policy.id().name())
            .yAxisTitle("USD/h")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setYAxisGroupPosition(1, YAxisPosition.Right);
    chart.setYAxisGroupTitle(1, "utility");
    var samples = report.samples();
    var days = samples.stream().map(each -> Date.from(each.at())).toList();
    add(chart, "spend", days, samples.stream().map(Report.Sample::usdPerHour).toList(), 0);
    var budget = policy.budget().dollars();
    add(chart, "budget", days, Collections.nCopies(days.size(), budget), 0);
    add(chart, "utility", days, samples.stream().map(Report.Sample::utility).toList(), 1);
    add(chart, "bound", days, samples.stream().map(Report.Sample::bound).toList(), 1);
    try (var out = Files.newOutputStream(file)) {
      VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
    }
  }

  private static void add(
      XYChart chart, String name, List<Date> days, List<Double> values, int axis) {
    var series = chart.addSeries(name, days, values);
    series.setMarker(SeriesMarkers.NONE);
    series.setYAxisGroup(axis);
  }
}
