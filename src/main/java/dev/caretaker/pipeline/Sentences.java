package dev.caretaker.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.crew.Crew;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.policy.DiskCare;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people read about a pipeline at three in the morning, and what they can do then. */
final class Sentences {
  private static final int NAMED = 8;
  private static final int TAIL = 600;

  private Sentences() {}

  static Reason failed(String what, Failure failure) {
    return new Reason(
        "ActionFailed",
        String.format(
            "%s failed %d times, and is tried again at %s: %s",
            what, failure.times(), failure.retryAt(), failure.sentence()));
  }

  static Reason refused(Refusal refusal) {
    return new Reason(
        refusal.guard(), refusal.sentence() + "; what lifts it: " + refusal.liftedBy());
  }

  static Reason absent(String kind, String name, String setting) {
    return new Reason(
        "Absent",
        String.format(
            "there is no %s %s: make it, correct its name, or set %s", kind, name, setting));
  }

  static Reason foreign(BucketName bucket) {
    return new Reason(
        "BucketForeign",
        "the bucket "
            + bucket
            + " is another account's, or nothing in it may be used: correct its name, or give the"
            + " operator's role access");
  }

  static Reason marginTooLong(Duration margin, Duration retention) {
    return new Reason(
        "MarginTooLong",
        String.format(
            "spec.deadline.margin %s is not less than the queue's retention %s, so that every"
                + " message would be late: raise the retention of the queue (at most 14 days) or"
                + " lower the margin; workers are held until then",
            margin, retention));
  }

  static Reason lookAlikes(TableName alias, Collection<String> names) {
    return new Reason(
        "LookAlikes",
        String.format(
            "indices that look like %s do not carry its alias: %s; look into them, and delete them,"
                + " reindex them under another name, or give them the alias",
            alias, some(names)));
  }

  static Reason mappingUnread(TableName alias) {
    return new Reason(
        "MappingUnread",
        "the mapping of "
            + alias
            + " was not read yet, and until then no index is made: look at its ConfigMap");
  }

  static Reason unread(String what, Observed<?> read) {
    return new Reason("NotRead", "the " + what + " could not be read: " + cause(read));
  }

  static Reason unread(TableName alias, Map<TableName, Observed<TableView>> tables) {
    return unread("table " + alias, tables.getOrDefault(alias, Observed.unknown("nobody asked")));
  }

  static String cause(Observed<?> read) {
    return read instanceof Observed.Unknown<?> unknown ? unknown.cause() : "it was read";
  }

  static Reason looking(List<String> unread, Crew crew) {
    return unread.isEmpty()
        ? new Reason(
            "Looking",
            "whether workers work already is not known: no answer from "
                + names(crew.assigned(Standing.UNREAD)))
        : new Reason("Looking", "nothing is changed while " + String.join("; ", unread));
  }

  static Reason holding(List<Worker> open) {
    var silent = open.stream().filter(each -> each.is(Standing.UNREAD)).toList();
    var running = open.stream().filter(Worker::runs).toList();
    return new Reason(
        "Holding",
        (running.isEmpty() ? "" : "workers stop on " + names(running) + "; ")
            + (silent.isEmpty()
                ? "that ends when they do"
                : "no answer from "
                    + names(silent)
                    + ": mend them, or terminate them so that their fleet replaces them"));
  }

  static Reason noMachine() {
    return new Reason(
        "NoMachine",
        "the trial has no machine yet: one is asked of the fleet; where none comes, look at the"
            + " SpotFleet's budget and demand");
  }

  static Reason trialFailed(TrialRun run) {
    return new Reason(
        "TrialFailed",
        String.format(
            "the trial on %s failed, and workers stay held: %s; mend the code, the tables or the"
                + " command, or set spec.verify.restartedAt for another run",
            run.worker(), run.failure().orElse("")));
  }

  static Reason keepsFailing(Worker worker, Failure failure) {
    return new Reason(
        "ProgramFails",
        String.format(
            "the program on %s ended by itself %d times: look at its log; it is started again",
            worker.id(), failure.times()));
  }

  static Reason diskStaysFull(Worker worker, DiskCare care) {
    return new Reason(
        "DiskFull",
        String.format(
            "the disk of %s stays full though %s was removed: look what fills it, or terminate it",
            worker.id(), care.remove()));
  }

  static String revision(Worker worker) {
    return worker
        .view()
        .ifKnown()
        .flatMap(WorkerView::revision)
        .map(Revision::value)
        .orElse("absent");
  }

  static String exit(JobView job) {
    return "exit code " + job.exitCode().orElse(0) + tail(Optional.of(job));
  }

  static String tail(Optional<JobView> job) {
    var output = job.map(JobView::output).orElse("").strip();
    return output.isEmpty()
        ? ", and it printed nothing"
        : ", it ended with: " + output.substring(Math.max(0, output.length() - TAIL));
  }

  static String names(Collection<Worker> workers) {
    return some(workers.stream().map(each -> each.id().value()).toList());
  }

  static String some(Collection<String> names) {
    var first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
