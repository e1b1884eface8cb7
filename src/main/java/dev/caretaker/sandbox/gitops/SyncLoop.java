package dev.caretaker.sandbox.gitops;

import dev.caretaker.sandbox.kubernetes.Kubectl;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A tool that makes a namespace equal to a repository, again and again, as often as it can. */
public final class SyncLoop implements AutoCloseable {

  /** The field manager under which Flux applies. */
  public static final String FLUX = "kustomize-controller";

  /** The one under which kubectl applies at the client's side, as Argo CD does. */
  public static final String ARGO = "kubectl-client-side-apply";

  private static final Duration END_WITHIN = Duration.ofSeconds(30);

  private final String name;
  private final Kubectl kubectl;
  private final List<String> command;
  private final Duration every;
  private final AtomicInteger rounds = new AtomicInteger();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread;

  private SyncLoop(String name, Kubectl kubectl, List<String> command, Duration every) {
    this.name = name;
    this.kubectl = kubectl;
    this.command = command;
    this.every = every;
    this.thread = new Thread(this::sync, name);
    thread.setDaemon(true);
  }

  /** Applies at the server's side and takes back what it owns, as Flux does. */
  public static SyncLoop flux(Kubectl kubectl, Repository git, String namespace) {
    var command =
        List.of(
            "apply",
            "--namespace=" + namespace,
            "--filename=" + git.folder(),
            "--server-side",
            "--force-conflicts",
            "--field-manager=" + FLUX);
    return new SyncLoop("flux", kubectl, command, Duration.ofSeconds(3));
  }

  /**
   * Applies at the client's side, which heals what people changed, and deletes what it once applied
   * and Git has no more, as Argo CD does with self-heal and prune.
   */
  public static SyncLoop argo(Kubectl kubectl, Repository git, String namespace) {
    var command =
        List.of(
            "apply",
            "--namespace=" + namespace,
            "--filename=" + git.folder(),
            "--prune",
            "--all",
            "--prune-allowlist=caretaker.dev/v1alpha1/EsCluster",
            "--prune-allowlist=core/v1/Secret",
            "--prune-allowlist=core/v1/ConfigMap");
    return new SyncLoop("argo", kubectl, command, Duration.ofSeconds(4));
  }

  /** The first round is over when it returns. */
  public void start() throws InterruptedException {
    round();
    thread.start();
  }

  /** What did not work, and that nothing was done where that is so. */
  public List<String> complaints() {
    var complaints = new ArrayList<>(failures);
    if (rounds.get() < 2) {
      complaints.add(name + " made " + rounds + " rounds");
    }
    return complaints;
  }

  /** How often it has applied everything. */
  public int rounds() {
    return rounds.get();
  }

  private void sync() {
    try {
      while (true) {
        Thread.sleep(every.toMillis());
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    try {
      kubectl.run(command.toArray(String[]::new));
      rounds.incrementAndGet();
    } catch (IOException e) {
      failures.add(name + ": " + e.getMessage());
    }
  }

  /** Returns when nothing of it is under way any more. */
  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(END_WITHIN.toMillis());
  }
}
