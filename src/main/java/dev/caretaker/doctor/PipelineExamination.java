package dev.caretaker.doctor;

import dev.caretaker.adapter.s3.BucketCheckup;
import dev.caretaker.adapter.s3.S3Settings;
import dev.caretaker.adapter.sqs.QueueCheckup;
import dev.caretaker.adapter.sqs.QueueSettings;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.port.Checked;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Looks at what one EtlPipeline needs, as the operator would; makes and changes nothing. */
public final class PipelineExamination {
  private static final String FLEET = "fleet";
  private static final String TABLE = "table";
  private static final String WORKER = "worker";
  private static final String REVISION = "revision";

  private final PipelineCare care;
  private final Duration within;
  private final Clock clock;

  /** Asks nobody yet. */
  public PipelineExamination(PipelineCare care, Duration within, Clock clock) {
    this.care = care;
    this.within = within;
    this.clock = clock;
  }

  /** Asks AWS about the queue and the buckets, and about the rights to them. */
  public List<Finding> ofAws() {
    try (var sideBySide = new SideBySide(within)) {
      var questions = new ArrayList<Callable<List<Checked>>>();
      questions.add(this::queue);
      questions.add(this::buckets);
      var findings = new ArrayList<Finding>();
      var answers = sideBySide.ask(questions);
      for (int i = 0; i < answers.size(); i++) {
        findings.addAll(told(answers.get(i), i == 0 ? "queue" : "bucket"));
      }
      return findings;
    }
  }

  private List<Checked> queue() {
    var queue = care.policy().queue();
    try (var checkup = new QueueCheckup(QueueSettings.of(care.region()), clock)) {
      return checkup.look(new QueueCheckup.Wish(queue.name(), queue.attributes(), queue.create()));
    }
  }

  private List<Checked> buckets() {
    var buckets = care.policy().buckets();
    if (buckets.isEmpty()) {
      return List.of();
    }
    try (var checkup = new BucketCheckup(S3Settings.of(care.region()))) {
      return checkup.look(buckets);
    }
  }

  private List<Finding> told(Observed<List<Checked>> answer, String check) {
    if (answer instanceof Observed.Unknown<List<Checked>> late) {
      return List.of(
          Finding.failed(
              check,
              care.region(),
              late.cause(),
              "see that it can be reached from here; --timeout gives it longer"));
    }
    return answer.ifKnown().orElseThrow().stream().map(Finding::of).toList();
  }

  /** What the machines, the tables and the cluster say. */
  public List<Finding> of(PipelinePolicy policy, PipelineView view) {
    var findings = new ArrayList<Finding>();
    findings.add(
        view.fleet() instanceof Observed.Unknown<?> unknown
            ? Finding.failed(
                FLEET,
                care.machines().toString(),
                unknown.cause(),
                "create it, or correct spec.workers")
            : Finding.ok(FLEET, care.machines().toString(), view.workers().size() + " machines"));
    view.tables().forEach((alias, table) -> findings.add(table(alias.value(), table)));
    view.workers().forEach((id, worker) -> findings.addAll(worker(id.value(), worker)));
    policy.code().ifPresent(code -> findings.add(revision(code.revision().value(), view)));
    return findings;
  }

  private static Finding table(String alias, Observed<TableView> table) {
    if (table instanceof Observed.Unknown<TableView> unknown) {
      return Finding.failed(
          TABLE, alias, unknown.cause(), "docs/etlpipeline.md says what a table needs");
    }
    var there = table.ifKnown().orElseThrow();
    if (!there.lookAlikes().isEmpty()) {
      return Finding.failed(
          TABLE,
          alias,
          "indices look like its own and are not: " + there.lookAlikes(),
          "rename or delete them, or choose another alias");
    }
    return Finding.ok(
        TABLE,
        alias,
        there
            .written()
            .map(each -> "writes to " + each.name())
            .orElse("not there yet: it is established"));
  }

  private static List<Finding> worker(String id, Observed<WorkerView> worker) {
    if (worker instanceof Observed.Unknown<WorkerView> unknown) {
      return List.of(
          Finding.failed(WORKER, id, unknown.cause(), "see spec.workers.access and spec.process"));
    }
    var there = worker.ifKnown().orElseThrow();
    return there.state() == WorkerView.State.FAILED
        ? List.of(
            Finding.warning(
                WORKER, id, "its program ended by itself", "look at its log on the machine"))
        : List.of(Finding.ok(WORKER, id, "answers"));
  }

  private static Finding revision(String wanted, PipelineView view) {
    long there =
        view.workers().values().stream()
            .flatMap(each -> each.ifKnown().stream())
            .filter(each -> each.revision().filter(on -> on.value().equals(wanted)).isPresent())
            .count();
    return there == view.workers().size()
        ? Finding.ok(REVISION, wanted, there + " machines have it")
        : Finding.warning(
            REVISION,
            wanted,
            "%d of %d machines have it".formatted(there, view.workers().size()),
            "the operator updates them; the condition CodeCurrent says what hinders it");
  }
}
