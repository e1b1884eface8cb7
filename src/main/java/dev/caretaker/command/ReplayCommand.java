package dev.caretaker.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.FleetPolicyParser;
import dev.caretaker.mapping.Problem;
import dev.caretaker.replay.Chart;
import dev.caretaker.replay.Generated;
import dev.caretaker.replay.Recorded;
import dev.caretaker.replay.Replay;
import dev.caretaker.replay.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caretaker replay}: what a SpotFleet would have bought, spent and had over past days. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = CommandLine.ExitCode.SOFTWARE,
    description = {
      "Plays past prices to a SpotFleet: what it would have bought, spent, lost and kept, beside",
      "on-demand machines and the SpotManager that it replaces."
    })
public final class ReplayCommand implements Callable<Integer> {

  /** How the result is shown. */
  enum Format {
    TEXT,
    JSON
  }

  /** In place of a file. */
  private static final Path GENERATED = Path.of("generated");

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "A file with one SpotFleet.")
  private @Nullable Path file;

  @Option(
      names = "--prices",
      required = true,
      paramLabel = "FILE",
      description =
          "Prices as CSV, plain or gzipped; docs/spotfleet.md has the columns. Or 'generated': a"
              + " market made of the seed.")
  private @Nullable Path prices;

  @Option(
      names = "--types",
      paramLabel = "FILE",
      description =
          "Instance types as CSV; without it, instance-types.csv beside the prices is read.")
  private @Nullable Path types;

  @Option(names = "--from", required = true, paramLabel = "DAY", description = "The first day.")
  private @Nullable LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "DAY", description = "The day after.")
  private @Nullable LocalDate to;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Decides which machines are interrupted, and generated prices (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--chart", paramLabel = "FILE", description = "Writes a chart as SVG.")
  private @Nullable Path chart;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      return replay(given(file), given(prices), given(from), given(to));
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Picocli has set what is required. */
  private static <T> T given(@Nullable T option) {
    if (option == null) {
      throw new IllegalStateException("a required option is missing");
    }
    return option;
  }

  private int replay(Path fleet, Path priceFile, LocalDate first, LocalDate last)
      throws IOException {
    if (!first.isBefore(last)) {
      throw new IOException("--to must be after --from");
    }
    var care = care(fleet);
    if (care.policy().demand().isEmpty()) {
      throw new IOException("a replay needs spec.demand.utility: it knows no pipelines");
    }
    var begin = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    var end = last.atStartOfDay(ZoneOffset.UTC).toInstant();
    var recorded =
        priceFile.equals(GENERATED)
            ? Generated.market(
                care.region(), begin.minus(care.policy().prices().history()), end, seed)
            : Recorded.read(priceFile, Optional.ofNullable(types));
    var report = new Replay(care.policy(), care.region(), recorded, begin, end, seed).run();
    if (chart != null) {
      Chart.write(chart, care.policy(), report);
    }
    switch (format) {
      case JSON -> out().println(json(report));
      case TEXT -> text(report);
    }
    out().flush();
    return CommandLine.ExitCode.OK;
  }

  private static FleetCare care(Path file) throws IOException {
    var fleet = new YAMLMapper().readValue(file.toFile(), SpotFleet.class);
    var name = String.valueOf(fleet.getMetadata().getName());
    var parsed = FleetPolicyParser.parse(new FleetId("default", name, name), fleet.getSpec());
    if (parsed.value().isEmpty()) {
      throw new IOException(
          file
              + ": "
              + parsed.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
    }
    return parsed.value().get();
  }

  private static String json(Report report) throws IOException {
    var values = new LinkedHashMap<String, Object>();
    values.put("hours", rounded(report.hours()));
    values.put("usd", rounded(report.usd()));
    // Null where a type that was bought has no known on-demand price.
    boolean known = !Double.isNaN(report.onDemandUsd());
    values.put("onDemandUsd", known ? rounded(report.onDemandUsd()) : NullNode.getInstance());
    values.put("minutesOverBudget", rounded(report.minutesOverBudget()));
    values.put("minutesOverBudgetBySafety", rounded(report.minutesOverBudgetBySafety()));
    values.put("utilityHours", rounded(report.utilityHours()));
    values.put("boundUtilityHours", rounded(report.boundUtilityHours()));
    values.put("starts", report.starts());
    values.put("interruptions", report.interruptions());
    values.put("largestShareOfType", rounded(report.largestShareOfType()));
    return new ObjectMapper().writeValueAsString(values);
  }

  /** A whole number where it is one. */
  private static Number rounded(double value) {
    double cents = Math.round(value * 100) / 100.0;
    return cents == Math.rint(cents) ? (Number) (long) cents : (Number) cents;
  }

  private void text(Report report) {
    var before = report.predecessor();
    line("", "Caretaker", "SpotManager", "on-demand");
    line("USD", money(report.usd()), money(before.usd()), money(report.onDemandUsd()));
    line("utility hours", money(report.utilityHours()), money(before.utilityHours()), "the same");
    line(
        "minutes over budget",
        money(report.minutesOverBudget()),
        money(before.minutesOverBudget()),
        "");
    line("machines started", report.starts(), before.starts(), "");
    line("machines lost", report.interruptions(), before.lost(), "0");
    out()
        .printf(
            Locale.ROOT,
            "Of the %.0f utility hours that any buyer could have had: %.1f %%; "
                + "largest share of a type: %.0f %%%n",
            report.boundUtilityHours(),
            100 * report.utilityHours() / Math.max(1e-9, report.boundUtilityHours()),
            100 * report.largestShareOfType());
  }

  private static String money(double value) {
    return Double.isNaN(value) ? "not known" : String.format(Locale.ROOT, "%.2f", value);
  }

  private void line(Object... cells) {
    out().printf(Locale.ROOT, "%-22s %14s %14s %14s%n", cells);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
