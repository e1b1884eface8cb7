package dev.caretaker.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What the operator asks of an API server; the manifests grant exactly this, and a test says so.
 */
public final class OperatorRights {
  /** The Lease that says which process acts. */
  public static final String LEASE = "caretaker-operator";

  private static final String OURS = "caretaker.dev";
  private static final String COORDINATION = "coordination.k8s.io";

  /** In the namespace of each resource. */
  public static final List<Right> BESIDE_CLUSTERS =
      List.of(
          new Right(OURS, "esclusters", Optional.empty(), List.of("get", "list", "watch", "patch")),
          new Right(OURS, "esclusters/status", Optional.empty(), List.of("update")),
          new Right(OURS, "spotfleets", Optional.empty(), List.of("get", "list", "watch", "patch")),
          new Right(OURS, "spotfleets/status", Optional.empty(), List.of("update")),
          new Right(
              OURS, "etlpipelines", Optional.empty(), List.of("get", "list", "watch", "patch")),
          new Right(OURS, "etlpipelines/status", Optional.empty(), List.of("update")),
          new Right("", "events", Optional.empty(), List.of("get", "create", "update")),
          new Right("", "secrets", Optional.empty(), List.of("get")),
          new Right("", "configmaps", Optional.empty(), List.of("get")));

  /** In its own namespace. */
  public static final List<Right> AT_HOME =
      List.of(
          new Right(COORDINATION, "leases", Optional.empty(), List.of("create")),
          new Right(COORDINATION, "leases", Optional.of(LEASE), List.of("get", "update", "patch")));

  private OperatorRights() {}

  /**
   * A rule of a Role.
   *
   * @param resource with its subresource, as a Role writes it
   * @param name the only object that it is about; all of them where empty
   */
  public record Right(String group, String resource, Optional<String> name, List<String> verbs) {
    public Right {
      verbs = List.copyOf(verbs);
    }

    /** The same for one object. */
    Right of(String object) {
      return new Right(group, resource, Optional.of(object), verbs);
    }
  }
}
