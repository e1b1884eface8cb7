package dev.caretaker.command;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.plan.FleetPlan;
import dev.caretaker.plan.FleetPlanText;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.PipelinePlan;
import dev.caretaker.plan.PipelinePlanText;
import dev.caretaker.plan.Plan;
import dev.caretaker.plan.PlanJson;
import dev.caretaker.plan.PlanMarkdown;
import dev.caretaker.plan.PlanText;
import dev.caretaker.plan.RecordedView;
import dev.caretaker.plan.Speed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caretaker plan}: what applying files would do, before anybody applies them. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = CommandLine.ExitCode.SOFTWARE,
    description = {
      "Says what applying EsClusters would do: in which order, what moves, how long it takes,",
      "what refuses, and what would lift that; what SpotFleets would buy and give back now; and",
      "what EtlPipelines would make, change and ask for. It reads, and changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing to do",
      "1:an error; there is no plan",
      "2:something would be done",
      "3:something is asked, and refused now"
    })
public final class PlanCommand implements Callable<Integer> {

  /** How a plan is shown. */
  enum Format {
    TEXT,
    JSON,
    MARKDOWN
  }

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "A file or folder with our resources; may be given several times.")
  private List<Path> files = List.of();

  @Option(
      names = "--view",
      paramLabel = "FILE",
      description = "Plan on what `caretaker observe` has recorded, and read no cluster.")
  private @Nullable Path view;

  @Option(names = "--until-done", description = "Show every step, not only the next one.")
  private boolean untilDone;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      description = "text, json or markdown (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Mixin private ClusterReading reading = new ClusterReading();

  @Mixin private Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    try {
      var declared = Declared.read(files);
      if (view != null && declared.clusters().size() > 1) {
        throw new IOException("--view is of one cluster, and " + files + " declare more");
      }
      var plans = new ArrayList<Plan>();
      var seenClusters = new HashMap<String, WorkloadLook.Seen>();
      for (var resource : declared.clusters()) {
        var care = reading.care(resource);
        var seen = view == null ? reading.read(resource, care) : RecordedView.read(view);
        var policy = asItsOwner(care.policy(), reading.name(resource), seen.cluster());
        plans.add(plan(reading.name(resource), policy, seen));
        seenClusters.put(reading.name(resource), new WorkloadLook.Seen(policy, seen));
      }
      var fleets = new ArrayList<FleetPlan>();
      var look = new FleetLook(reading, new WorkloadLook(reading, seenClusters));
      for (var resource : declared.fleets()) {
        fleets.add(look.plan(resource));
      }
      var pipelines = new ArrayList<PipelinePlan>();
      for (var resource : declared.pipelines()) {
        pipelines.add(new PipelineLook(reading).plan(resource));
      }
      print(plans, fleets, pipelines);
      return Stream.of(
              plans.stream().map(Plan::outcome),
              fleets.stream().map(FleetPlan::outcome),
              pipelines.stream().map(PipelinePlan::outcome))
          .flatMap(each -> each)
          .mapToInt(Plan.Outcome::exitCode)
          .max()
          .orElseThrow();
    } catch (IOException e) {
      return terminal.failure(String.valueOf(e.getMessage()));
    }
  }

  private static Plan plan(String name, EsPolicy policy, RecordedView seen) {
    var cluster = seen.cluster();
    return new Forecast(new EsDecider(Guards.standard()), Speed.of(cluster, seen.recoveries()))
        .plan(name, policy, seen.view(), EsProgress.NONE);
  }

  /** A file has no UID: what the resource of that name has marked is its own. */
  private static EsPolicy asItsOwner(EsPolicy policy, String name, ClusterView cluster) {
    return cluster
        .mark()
        .map(Mark::owner)
        .filter(owner -> owner.startsWith(name + "/"))
        .map(policy::ownedBy)
        .orElse(policy);
  }

  private void print(List<Plan> plans, List<FleetPlan> fleets, List<PipelinePlan> pipelines)
      throws IOException {
    int shown = untilDone ? Integer.MAX_VALUE : 1;
    switch (format) {
      case JSON -> terminal.line(PlanJson.text(plans, fleets, pipelines, shown));
      case MARKDOWN -> {
        plans.forEach(plan -> PlanMarkdown.lines(plan, shown).forEach(terminal::line));
        fleets.forEach(plan -> FleetPlanText.markdown(plan).forEach(terminal::line));
        pipelines.forEach(plan -> PipelinePlanText.markdown(plan).forEach(terminal::line));
      }
      case TEXT -> {
        plans.forEach(plan -> text(plan.outcome(), PlanText.lines(plan, shown)));
        fleets.forEach(plan -> text(plan.outcome(), FleetPlanText.lines(plan)));
        pipelines.forEach(plan -> text(plan.outcome(), PipelinePlanText.lines(plan)));
      }
    }
  }

  private void text(Plan.Outcome outcome, List<String> lines) {
    terminal.line(lines.get(0));
    var style =
        switch (outcome) {
          case NOTHING_TO_DO -> "fg(green)";
          case CHANGES -> "fg(yellow)";
          case BLOCKED -> "fg(red)";
        };
    terminal.line(lines.get(1), style);
    lines.subList(2, lines.size()).forEach(terminal::line);
  }
}
