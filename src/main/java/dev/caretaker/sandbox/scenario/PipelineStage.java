package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.stand.CodeRepository;
import dev.caretaker.sandbox.stand.WorkerMachines;
import dev.caretaker.world.market.SpotMachine;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The pipeline of the scenario as a team has it: a repository of code, a fleet, an EtlPipeline. */
final class PipelineStage {
  static final String NAME = "etl";
  static final String QUEUE = "sandbox-etl";
  static final String FIRST = "pulse";
  private static final String FILE = "/sandbox/pipeline.yaml";
  private static final int MILLIS_PER_MESSAGE = 1000;
  private static final String BUDGET = "1.20";
  private static final String CUT = "0.20";

  private final Stage stage;
  private final WorkerMachines machines;
  private final CodeRepository code;
  private final Archive archive;
  private String revision = "";

  private PipelineStage(
      Stage stage, WorkerMachines machines, CodeRepository code, Archive archive) {
    this.stage = stage;
    this.machines = machines;
    this.code = code;
    this.archive = archive;
  }

  /** Makes the repository, fills the bucket and applies everything. */
  static PipelineStage apply(Stage stage) throws IOException, InterruptedException {
    var machines =
        stage
            .stand()
            .cloud()
            .workers()
            .orElseThrow(() -> new IOException("workers need --hosts local"));
    var objects =
        stage
            .stand()
            .cloud()
            .objects()
            .orElseThrow(() -> new IOException("a backfill needs an object store"));
    var code = CodeRepository.make(stage.stand().git());
    var pipeline = new PipelineStage(stage, machines, code, Archive.fill(objects, FIRST));
    pipeline.revision = pipeline.commit("v1", FIRST);
    for (var object : Shipped.objects(FILE)) {
      pipeline.applyOne(object);
    }
    return pipeline;
  }

  private String commit(String version, String tables) throws IOException, InterruptedException {
    return code.commit(
        "version=%s\nqueue=%s\ntables=%s\nmillisPerMessage=%d\n"
            .formatted(version, QUEUE, tables, MILLIS_PER_MESSAGE));
  }

  private void applyOne(ObjectNode object) throws IOException {
    var stand = stage.stand();
    switch (object.path("kind").asText()) {
      case "SpotFleet" -> stand.spotFleets().apply(object);
      case "EtlPipeline" -> stand.etlPipelines().apply(complete(object));
      default ->
          stand
              .client()
              .resource(Serialization.unmarshal(object.toString(), ConfigMap.class))
              .inNamespace(stand.namespace())
              .createOr(NonDeletingOperation::update);
    }
  }

  private ObjectNode complete(ObjectNode object) {
    var spec = object.withObject("/spec");
    var keeper = stage.stand().example().object().at("/spec/hosts/access/local/keeper").asText();
    spec.withObject("/workers/access/local").put("keeper", keeper);
    spec.withObject("/process").put("directory", machines.code("{worker}").toString());
    spec.withObject("/code").put("repository", code.url()).put("revision", revision);
    spec.putArray("buckets").addObject().put("name", Archive.BUCKET);
    spec.set("backfill", archive.backfill());
    return object;
  }

  /** The team pushes another version of its code, and names its revision. */
  void update(String version) throws IOException, InterruptedException {
    revision = commit(version, FIRST);
    declare("{\"code\":{\"revision\":\"" + revision + "\"}}");
  }

  /** Code that knows a second table, and that table, in one change. */
  void introduce(String version, String table) throws IOException, InterruptedException {
    revision = commit(version, FIRST + "," + table);
    var spec = stage.stand().etlPipelines().read(NAME).path("spec").<ObjectNode>deepCopy();
    var tables = spec.withArray("tables");
    var second = ((ObjectNode) tables.get(0)).deepCopy().put("alias", table);
    tables.add(second);
    var change = spec.objectNode();
    change.set("tables", tables);
    change.putObject("code").put("revision", revision);
    var verify = change.putObject("verify");
    verify.put("command", "sh run --trial " + FIRST + " " + table);
    verify.putArray("tables").add(FIRST).add(table);
    declare(change.toString());
  }

  void cutBudget() {
    budget(CUT);
  }

  void restoreBudget() {
    budget(BUDGET);
  }

  private void budget(String usd) {
    stage.say().accept("the fleet's budget: " + usd);
    var patch = "{\"spec\":{\"budget\":{\"usdPerHour\":\"" + usd + "\"}}}";
    stage.stand().spotFleets().patch(NAME, patch);
  }

  private void declare(String spec) {
    stage.say().accept("spec of the pipeline: " + spec);
    stage.stand().etlPipelines().patch(NAME, "{\"spec\":" + spec + "}");
  }

  /** What lay in its bucket before it came. */
  Archive archive() {
    return archive;
  }

  /** How many objects the operator says that it has sent. */
  long backfilled() throws IOException {
    return stage.stand().etlPipelines().read(NAME).at("/status/backfill/sent").asLong();
  }

  /** Machines that the market has sold and nobody has ended. */
  List<InstanceId> machines() {
    return sold().stream().filter(SpotMachine::isAlive).map(SpotMachine::id).toList();
  }

  /** Machines on which the program runs. */
  long working() {
    return machines().stream().filter(each -> machines.runs(each.value())).count();
  }

  /** Machines that run a program and whose disk has other code than was asked for last. */
  List<String> outdated() throws IOException, InterruptedException {
    var wrong = new ArrayList<String>();
    for (var machine : machines()) {
      var checkout = machines.code(machine.value());
      if (machines.runs(machine.value()) && Files.isDirectory(checkout)) {
        var there = CodeRepository.revisionOf(checkout);
        if (!there.equals(revision)) {
          wrong.add(machine + " has " + there + ", not " + revision);
        }
      }
    }
    return wrong;
  }

  /** What the machines cost so far, by the market's own book. */
  BigDecimal usd(Instant now) {
    double usd = 0;
    for (var machine : sold()) {
      var until = machine.endedAt().orElse(now);
      double hours = Duration.between(machine.launchedAt(), until).toMillis() / 3_600_000.0;
      var price =
          stage
              .stand()
              .cloud()
              .market()
              .with(market -> market.prices().at(machine.pool(), machine.launchedAt()));
      usd += hours * price.map(each -> each.dollars()).orElse(0.0);
    }
    return BigDecimal.valueOf(usd).setScale(3, RoundingMode.UP);
  }

  private List<SpotMachine> sold() {
    return stage.stand().cloud().market().with(market -> List.copyOf(market.machines()));
  }
}
