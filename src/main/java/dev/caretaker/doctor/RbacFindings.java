package dev.caretaker.doctor;

import dev.caretaker.doctor.OperatorRights.Right;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the API server what the operator's account may do. The caller's own rights say nothing about
 * it, so that nothing is claimed where the caller may not ask.
 */
final class RbacFindings {
  private static final String CHECK = "rbac";
  private static final int FORBIDDEN = 403;

  private final KubernetesClient client;
  private final OperatorAccount account;

  RbacFindings(KubernetesClient client, OperatorAccount account) {
    this.client = client;
    this.account = account;
  }

  /** Rights in its own namespace. */
  List<Finding> atHome() {
    return ask(account.namespace(), OperatorRights.AT_HOME);
  }

  /** Rights beside an EsCluster, with each Secret that it names. */
  List<Finding> beside(String namespace, List<String> secrets) {
    var rights = new ArrayList<Right>();
    for (var right : OperatorRights.BESIDE_CLUSTERS) {
      if (right.resource().equals("secrets")) {
        secrets.forEach(secret -> rights.add(right.of(secret)));
      } else {
        rights.add(right);
      }
    }
    return ask(namespace, rights);
  }

  private List<Finding> ask(String namespace, List<Right> rights) {
    if (!exists()) {
      return List.of(
          Finding.skipped(
              CHECK,
              account.toString(),
              "no such ServiceAccount here: the operator runs elsewhere or under another name"
                  + " (--operator NAMESPACE/NAME)"));
    }
    var findings = new ArrayList<Finding>();
    for (var right : rights) {
      try {
        findings.add(finding(namespace, right));
      } catch (KubernetesClientException refused) {
        if (refused.getCode() != FORBIDDEN) {
          throw refused;
        }
        findings.add(
            Finding.skipped(
                CHECK,
                account.toString(),
                "you may not create subjectaccessreviews, and your own rights are not the"
                    + " operator's"));
        return findings;
      }
    }
    return findings;
  }

  /** Where the caller may not look, the reviews tell. */
  private boolean exists() {
    try {
      var accounts = client.serviceAccounts().inNamespace(account.namespace());
      return accounts.withName(account.name()).get() != null;
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != FORBIDDEN) {
        throw refused;
      }
      return true;
    }
  }

  private Finding finding(String namespace, Right right) {
    var denied =
        right.verbs().stream().filter(verb -> !isAllowed(review(namespace, right, verb))).toList();
    var about =
        "%s%s in %s"
            .formatted(right.resource(), right.name().map(it -> "/" + it).orElse(""), namespace);
    return denied.isEmpty()
        ? Finding.ok(CHECK, about, String.join(", ", right.verbs()))
        : Finding.failed(
            CHECK,
            about,
            account + " may not " + String.join(", ", denied),
            "kubectl apply --server-side -k the overlay of manifests/ that fits, or bind the Role"
                + " in this namespace too");
  }

  private boolean isAllowed(SubjectAccessReview review) {
    return Boolean.TRUE.equals(
        client.authorization().v1().subjectAccessReview().create(review).getStatus().getAllowed());
  }

  private SubjectAccessReview review(String namespace, Right right, String verb) {
    var parts = right.resource().split("/", 2);
    return new SubjectAccessReviewBuilder()
        .withNewSpec()
        .withUser("system:serviceaccount:" + account.namespace() + ":" + account.name())
        .withGroups(
            "system:serviceaccounts",
            "system:serviceaccounts:" + account.namespace(),
            "system:authenticated")
        .withNewResourceAttributes()
        .withNamespace(namespace)
        .withVerb(verb)
        .withGroup(right.group())
        .withResource(parts[0])
        .withSubresource(parts.length > 1 ? parts[1] : null)
        .withName(right.name().orElse(null))
        .endResourceAttributes()
        .endSpec()
        .build();
  }
}
