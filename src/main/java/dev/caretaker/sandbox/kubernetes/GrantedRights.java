package dev.caretaker.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the roles of a server allow one ServiceAccount, in its namespace or everywhere. */
public record GrantedRights(List<Right> rights) {

  /** The Operator SDK does not start without it, though it renews its Lease by patch. */
  public static final Right ASKED_FOR_ONLY = new Right("update", "coordination.k8s.io", "leases");

  /** One verb on one kind of object. */
  public record Right(String verb, String group, String resource) {}

  public GrantedRights {
    rights = List.copyOf(rights);
  }

  /** Reads every role that is bound to the account. */
  public static GrantedRights of(KubernetesClient client, String namespace, String account) {
    var bound =
        Stream.concat(
            client.rbac().roleBindings().inAnyNamespace().list().getItems().stream()
                .filter(each -> names(each.getSubjects(), namespace, account))
                .flatMap(
                    each -> rules(client, each.getMetadata().getNamespace(), each.getRoleRef())),
            client.rbac().clusterRoleBindings().list().getItems().stream()
                .filter(each -> names(each.getSubjects(), namespace, account))
                .flatMap(each -> rules(client, "", each.getRoleRef())));
    return new GrantedRights(bound.flatMap(GrantedRights::rights).distinct().toList());
  }

  /** Those that a log shows no use of. */
  public List<Right> unused(AuditLog log) {
    return rights.stream()
        .filter(each -> !log.used(each.verb(), each.group(), each.resource()))
        .toList();
  }

  private static boolean names(List<Subject> subjects, String namespace, String account) {
    return Optional.ofNullable(subjects).stream()
        .flatMap(List::stream)
        .anyMatch(
            each ->
                "ServiceAccount".equals(each.getKind())
                    && namespace.equals(each.getNamespace())
                    && account.equals(each.getName()));
  }

  private static Stream<PolicyRule> rules(KubernetesClient client, String namespace, RoleRef role) {
    return role.getKind().equals("ClusterRole")
        ? client.rbac().clusterRoles().withName(role.getName()).require().getRules().stream()
        : client
            .rbac()
            .roles()
            .inNamespace(namespace)
            .withName(role.getName())
            .require()
            .getRules()
            .stream();
  }

  private static Stream<Right> rights(PolicyRule rule) {
    return rule.getVerbs().stream()
        .flatMap(
            verb ->
                rule.getApiGroups().stream()
                    .flatMap(
                        group ->
                            rule.getResources().stream().map(it -> new Right(verb, group, it))));
  }
}
