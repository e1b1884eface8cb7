package dev.caretaker.sandbox;

import dev.caretaker.sandbox.engine.ClusterShape;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineOptions.Placement;
import dev.caretaker.sandbox.engine.EngineOptions.Traces;
import dev.caretaker.sandbox.load.Users;
import dev.caretaker.sandbox.scenario.ApprovalScenario;
import dev.caretaker.sandbox.scenario.BounceScenario;
import dev.caretaker.sandbox.scenario.DrainScenario;
import dev.caretaker.sandbox.scenario.GitOpsScenario;
import dev.caretaker.sandbox.scenario.HostileScenario;
import dev.caretaker.sandbox.scenario.Outcome;
import dev.caretaker.sandbox.scenario.PipelineScenario;
import dev.caretaker.sandbox.scenario.Scenario;
import dev.caretaker.sandbox.scenario.SpotStormScenario;
import dev.caretaker.sandbox.scenario.Stage;
import dev.caretaker.sandbox.stand.Stand;
import dev.caretaker.sandbox.stand.StandOptions;
import dev.caretaker.sandbox.stand.StandOptions.HostsChoice;
import dev.caretaker.sandbox.stand.StandOptions.KubernetesChoice;
import dev.caretaker.sandbox.stand.StandOptions.ObjectsChoice;
import dev.caretaker.sandbox.stand.StandOptions.OperatorChoice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A whole platform on this machine, to look at, to try things on, and to prove the operator. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a real Elasticsearch cluster, an API server and the operator on this machine,",
      "and shows what the operator sees, decides, does and refuses. Ctrl-C ends everything."
    })
public final class SandboxCommand implements Callable<Integer> {

  private static final String SPOT_STORM = "spot-storm";
  private static final String PIPELINE = "pipeline";

  private static final Logger log = LoggerFactory.getLogger(SandboxCommand.class);

  /** What a shell reports of a program that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  /** How long the operator may be gone before it is started again. */
  private static final Duration RESTART = Duration.ofSeconds(3);

  @Option(
      names = "--engine",
      defaultValue = "es8",
      description = "es6, es7, es8 or opensearch (default: ${DEFAULT-VALUE}).")
  String engine = "es8";

  @Option(
      names = "--nodes",
      description = {
        "Nodes in each zone (default: backup=2,spot=3).",
        "spot-storm buys its spot nodes (default: backup=2)."
      })
  @Nullable String nodes;

  @Option(
      names = "--data",
      description = "Where all files are (default: caretaker/sandbox in the cache folder).")
  @Nullable Path data;

  @Option(names = "--keep", description = "Leave the data for the next sandbox.")
  boolean keep;

  @Option(
      names = "--kubernetes",
      defaultValue = "auto",
      description = {
        "auto, apiserver, kubeconfig or embedded (default: ${DEFAULT-VALUE}).",
        "auto takes real binaries where it finds them or can fetch them, else a mock in this JVM."
      })
  String kubernetes = "auto";

  @Option(
      names = "--hosts",
      defaultValue = "local",
      description = {
        "local or ssh (default: ${DEFAULT-VALUE}).",
        "ssh runs the nodes under a real supervisord, and the operator logs in to a real sshd."
      })
  String hosts = "local";

  @Option(names = "--awareness", description = "Spread copies over the zones, as many clusters do.")
  boolean awareness;

  @Option(
      names = "--scenario",
      description =
          "Play bounce, drain, hostile, gitops, approval, spot-storm or pipeline, and measure it.")
  @Nullable String scenario;

  @Option(names = "--once", description = "End after the scenario; the exit code says how it was.")
  boolean once;

  @Mixin BounceFlags bounce = new BounceFlags();

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var chosen = chosenScenario();
    var options = options();
    var screen = new Screen(out());
    try (var stand = Stand.open(options, screen::line)) {
      return show(stand, chosen, screen);
    } catch (IOException | KubernetesClientException e) {
      log.debug("the sandbox ends", e);
      screen.line("The sandbox cannot go on: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int show(Stand stand, Optional<Scenario> chosen, Screen screen)
      throws IOException, InterruptedException {
    try (var users = new Users(stand.door(), stand.watcher().freezes()::frozen, stand.typed());
        var timeline = new Timeline(stand, screen::line)) {
      screen.line("Loading documents");
      users.moveIn();
      stand.startOperator();
      screen.places(stand);
      timeline.start();
      if (chosen.isEmpty()) {
        return untilInterrupted(stand, timeline);
      }
      var stage = new Stage(stand, users, line -> timeline.say("scenario", line));
      var outcome = chosen.get().play(stage);
      timeline.close();
      report(stage, outcome, screen);
      return once ? outcome.exitCode() : untilInterrupted(stand, timeline);
    }
  }

  /** Until Ctrl-C. An operator that ends is started again, as its Deployment would do. */
  private static int untilInterrupted(Stand stand, Timeline timeline)
      throws IOException, InterruptedException {
    while (!stand.ending()) {
      Thread.sleep(RESTART.toMillis());
      if (!stand.operator().runs() && !stand.ending()) {
        timeline.say(
            "operator", "has ended (%s), and is started".formatted(stand.operator().log()));
        stand.operator().start();
      }
    }
    return INTERRUPTED;
  }

  private static void report(Stage stage, Outcome outcome, Screen screen) throws IOException {
    if (outcome.exitCode() != 0) {
      stage.lastWords().forEach(screen::line);
      outcome.complaints().forEach(complaint -> screen.line("BAD: " + complaint));
    }
    screen.line(outcome.line().toString());
  }

  private StandOptions options() {
    var operator =
        "gitops".equals(scenario) ? OperatorChoice.FROM_MANIFESTS : OperatorChoice.RECORDED;
    return new StandOptions(
        parsed(() -> EngineKind.named(engine)),
        shape(),
        directory(),
        keep ? Traces.KEEP : Traces.REMOVE,
        acrossZones() ? Placement.ACROSS_ZONES : Placement.ANYWHERE,
        parsed(() -> operator.server(KubernetesChoice.named(kubernetes))),
        parsed(() -> HostsChoice.named(hosts)),
        operator,
        scenario == null || PIPELINE.equals(scenario) ? ObjectsChoice.S3PROXY : ObjectsChoice.NONE);
  }

  /** What is on machines that may vanish has a copy elsewhere in a storm. */
  private boolean acrossZones() {
    return awareness || "approval".equals(scenario) || storms();
  }

  /** Where root's engines, which run as nobody, can get to; see the engine store. */
  private Path directory() {
    if (data != null) {
      return data.toAbsolutePath();
    }
    var home = Path.of(System.getProperty("user.home"));
    boolean root = System.getProperty("user.name").equals("root");
    var cache =
        root
            ? Path.of("/var/cache")
            : Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(path -> Path.of(path).isAbsolute())
                .map(Path::of)
                .orElse(home.resolve(".cache"));
    return cache.resolve("caretaker").resolve("sandbox");
  }

  private Optional<Scenario> chosenScenario() {
    var options = parsed(() -> bounce.options(scenario, shape().zoneByNode().keySet()));
    if (scenario == null && once) {
      throw refused("--once needs a --scenario to end after");
    }
    if (scenario == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (scenario) {
          case "bounce" -> new BounceScenario(options);
          case "drain" -> drain();
          case "hostile" -> new HostileScenario();
          case "gitops" -> new GitOpsScenario();
          case "approval" -> new ApprovalScenario();
          case SPOT_STORM -> spotStorm();
          case PIPELINE -> pipeline();
          default ->
              throw refused(
                  ("no scenario '%s'; there are bounce, drain, hostile, gitops, approval, %s and"
                          + " pipeline")
                      .formatted(scenario, SPOT_STORM));
        });
  }

  private Scenario drain() {
    var zones = shape().zoneByNode().values();
    if (awareness && Collections.frequency(zones, "spot") < 2) {
      throw refused("--scenario drain --awareness needs two spot nodes: one takes what leaves");
    }
    return new DrainScenario();
  }

  private Scenario spotStorm() {
    if (!hosts.equals("local")) {
      throw refused("--scenario spot-storm starts nodes as they are bought: --hosts local only");
    }
    if (shape().zoneByNode().containsValue("spot")) {
      throw refused("--scenario spot-storm: it buys its spot nodes, so name none in --nodes");
    }
    return new SpotStormScenario();
  }

  private Scenario pipeline() {
    if (!hosts.equals("local")) {
      throw refused("--scenario pipeline starts workers as they are bought: --hosts local only");
    }
    return new PipelineScenario();
  }

  private boolean storms() {
    return SPOT_STORM.equals(scenario);
  }

  private ClusterShape shape() {
    var usual = storms() ? "backup=2" : "backup=2,spot=3";
    return parsed(() -> ClusterShape.parse(nodes == null ? usual : nodes));
  }

  private <T> T parsed(Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException refused(String sentence) {
    return new ParameterException(command().commandLine(), sentence);
  }

  private PrintWriter out() {
    return command().commandLine().getOut();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return spec;
  }
}
