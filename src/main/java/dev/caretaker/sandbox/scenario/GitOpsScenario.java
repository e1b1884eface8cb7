package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.kubernetes.AuditLog;
import dev.caretaker.sandbox.kubernetes.GrantedRights;
import dev.caretaker.sandbox.rules.RuleCases;
import dev.caretaker.sandbox.rules.RuleTrial;
import dev.caretaker.sandbox.rules.SpecServer;
import dev.caretaker.sandbox.stand.Crds;
import dev.caretaker.sandbox.stand.Manifests;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A team that has everything in Git: the manifests' own account, the CRD's rules, tools that apply
 * and prune without rest, odd objects beside the good one, and in the end the namespace goes.
 */
public final class GitOpsScenario implements Scenario {

  /** Longer than the operator waits between two looks at a cluster that has nothing to do. */
  private static final Duration QUIET = Duration.ofSeconds(75);

  /** What the last change still causes is over by then. */
  private static final Duration CALM = Duration.ofSeconds(10);

  @Override
  public Outcome play(Stage stage) throws IOException, InterruptedException {
    var complaints = new ArrayList<String>();
    stage.users().startWork();
    stage.stand().watcher().onFreeze(stage.users()::rollOver);
    var line = stage.line("gitops");
    line.put("server", stage.stand().client().getKubernetesVersion().getGitVersion());
    // In the order in which people read them; the values come as they are measured.
    line.put("forbidden", -1).put("unusedVerbs", -1);
    tryRules(stage, line, complaints);
    var poison = new PoisonObjects(stage);
    poison.store();
    var fleet = new TeamsFleet(stage);
    stage.stand().operator().stop();
    stage.stand().operator().start();
    try (var git = TeamWithGit.open(stage)) {
      git.start(complaints);
      fleet.awaitPurchase(complaints);
      complaints.addAll(poison.unnoticed());
      long quiet = quietWrites(stage);
      boolean bounced = git.bounce(complaints);
      line.put("specFieldsOwned", git.foreignFields(complaints));
      line.put("quietWrites", quiet);
      line.put("poisonObjectStoppedOthers", !bounced);
      git.restartUntilANodeIsGone(complaints);
    }
    line.put("namespaceDeleteSeconds", new NamespaceEnd(stage).play(complaints).toSeconds());
    fleet.judgeEnd(complaints);
    stage.stand().operator().stop();
    judgeRights(stage, line, complaints);
    line.put("lost", stage.users().countLost());
    complaints.addAll(GitOpsVerdict.of(line));
    var red = stage.stand().watcher().redness().red();
    red.forEach(shard -> complaints.add("red: " + shard));
    if (stage.users().ledger().acknowledged() == 0) {
      complaints.add("no document was acknowledged");
    }
    return new Outcome(line, complaints);
  }

  private static void tryRules(Stage stage, ObjectNode line, List<String> complaints) {
    stage.say().accept("tries every rule of the CRD");
    var client = stage.stand().client();
    var schema = new Crds(client).specSchema();
    var trial = RuleTrial.run(SpecServer.ofEsClusters(client), schema, RuleCases.read());
    line.put("celAccept", trial.accepted())
        .put("celReject", trial.refused())
        .put("uncoveredRules", trial.uncovered().size());
    stage
        .say()
        .accept(
            "%d rules, %d specs accepted, %d refused"
                .formatted(trial.rules(), trial.accepted(), trial.refused()));
    trial.uncovered().forEach(rule -> complaints.add("not covered: " + rule));
    complaints.addAll(trial.surprises());
  }

  /** Changes of EsClusters that were carried out while nothing changed but documents. */
  private static long quietWrites(Stage stage) throws IOException, InterruptedException {
    Thread.sleep(CALM.toMillis());
    stage.say().accept("counts the operator's writes for " + QUIET.toSeconds() + " s of calm");
    long before = writes(stage);
    Thread.sleep(QUIET.toMillis());
    return writes(stage) - before;
  }

  private static long writes(Stage stage) throws IOException {
    return audit(stage).carriedOut("caretaker.dev", "esclusters");
  }

  private static AuditLog audit(Stage stage) throws IOException {
    var server = stage.stand().control().server();
    return AuditLog.of(server.orElseThrow().auditLog(), Manifests.USER);
  }

  private static void judgeRights(Stage stage, ObjectNode line, List<String> complaints)
      throws IOException {
    var log = audit(stage);
    var client = stage.stand().client();
    var granted = GrantedRights.of(client, Manifests.NAMESPACE, Manifests.ACCOUNT);
    var unused = new ArrayList<>(granted.unused(log));
    unused.remove(GrantedRights.ASKED_FOR_ONLY);
    line.put("forbidden", log.forbidden().size()).put("unusedVerbs", unused.size());
    log.forbidden().forEach(each -> complaints.add("forbidden: " + each));
    unused.forEach(each -> complaints.add("never used: " + each));
    if (granted.rights().isEmpty()) {
      complaints.add("no role is bound to " + Manifests.USER);
    }
  }
}
