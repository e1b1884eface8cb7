package dev.caretaker.sandbox.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder that holds every program of a small Kubernetes: its store, its API server, its client.
 */
public record KubernetesBinaries(Path folder) {

  /** The names are the convention of {@code KUBEBUILDER_ASSETS}. */
  static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "kubectl");

  /** The folder, if no program is missing in it. */
  public static Optional<KubernetesBinaries> in(Path folder) {
    return PROGRAMS.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)))
        ? Optional.of(new KubernetesBinaries(folder.toAbsolutePath()))
        : Optional.empty();
  }

  public Path etcd() {
    return folder.resolve("etcd");
  }

  public Path kubeApiServer() {
    return folder.resolve("kube-apiserver");
  }

  public Path kubectl() {
    return folder.resolve("kubectl");
  }

  /** What deletes the content of namespaces; the envtest archive lacks it. */
  public Optional<Path> kubeControllerManager() {
    return Optional.of(folder.resolve("kube-controller-manager")).filter(Files::isExecutable);
  }
}
