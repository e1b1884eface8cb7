package dev.caretaker.sandbox.gitops;

import dev.caretaker.sandbox.kubernetes.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
  private final Repository git;
  private final Repository.Checkout round;
  private final Duration every;
  private final AtomicInteger rounds = new AtomicInteger();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread;

  private SyncLoop(String name, Repository git, Duration every, Repository.Checkout round) {
    this.name = name;
    this.git = git;
    this.round = round;
    this.every = every;
    this.thread = new Thread(this::sync, name);
    thread.setDaemon(true);
  }

  /**
   * Applies at the server's side and takes back what it owns, as Flux does. Not with kubectl, which
   * takes over what a client's side apply owns, so that the two tools would write in turns for
   * ever.
   */
  public static SyncLoop flux(KubernetesClient client, Repository git, String namespace) {
    return new SyncLoop(
        "flux",
        git,
        Duration.ofSeconds(3),
        () -> {
          for (var object : git.objects()) {
            client
                .resource(object)
                .inNamespace(namespace)
                .fieldManager(FLUX)
                .forceConflicts()
                .serverSideApply();
          }
        });
  }

  /**
   * Applies at the client's side, which heals what people changed, and deletes what it once applied
   * and Git has no more, as Argo CD does with self-heal and prune.
   */
  public static SyncLoop argo(Kubectl kubectl, Repository git, String namespace) {
    return new SyncLoop(
        "argo",
        git,
        Duration.ofSeconds(4),
        () ->
            kubectl.run(
                "apply",
                "--namespace=" + namespace,
                "--filename=" + git.folder(),
                "--prune",
                "--all",
                "--prune-allowlist=caretaker.dev/v1alpha1/EsCluster",
                "--prune-allowlist=caretaker.dev/v1alpha1/SpotFleet",
                "--prune-allowlist=caretaker.dev/v1alpha1/EtlPipeline",
                "--prune-allowlist=core/v1/Secret",
                "--prune-allowlist=core/v1/ConfigMap"));
  }

  /** The first round is over when it returns. */
  public void start() throws InterruptedException {
    attempt();
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
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() throws InterruptedException {
    try {
      git.checkOut(round);
      rounds.incrementAndGet();
    } catch (IOException | KubernetesClientException e) {
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
