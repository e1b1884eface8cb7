package dev.caretaker.sandbox.kubernetes;

import dev.caretaker.sandbox.kubernetes.Certificates.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The directory of one API server: its objects, its keys, and the way in for clients. */
record ServerFiles(Path directory) {

  Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  /** For the controllers, who may do no more than in any cluster. */
  Path controllersKubeconfig() {
    return secret("controllers.kubeconfig");
  }

  Path auditLog() {
    return directory.resolve("audit.log");
  }

  /** Where etcd keeps them. */
  Path objects() {
    return directory.resolve("etcd");
  }

  Path secret(String name) {
    return directory.resolve("pki").resolve(name);
  }

  /** Writes everything that the server and its clients read at their start. */
  void write(Certificates certificates, URI url, AuditLevel audit) throws IOException {
    Files.createDirectories(directory.resolve("pki"));
    PrivateFile.write(secret("authority.crt"), certificates.authority().certificatePem());
    PrivateFile.write(secret("server.crt"), certificates.server().certificatePem());
    PrivateFile.write(secret("server.key"), certificates.server().keyPem());
    PrivateFile.write(secret("tokens.key"), certificates.tokenKeyPem());
    PrivateFile.write(secret("audit-policy.yaml"), audit.policy());
    var authority = certificates.authority();
    PrivateFile.write(kubeconfig(), kubeconfigFor("admin", certificates.admin(), authority, url));
    PrivateFile.write(
        controllersKubeconfig(),
        kubeconfigFor("controllers", certificates.controllers(), authority, url));
  }

  private static String kubeconfigFor(String user, Identity identity, Identity authority, URI url) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: caretaker
          cluster: {server: "%s", certificate-authority-data: %s}
        users:
        - name: %s
          user: {client-certificate-data: %s, client-key-data: %s}
        contexts:
        - name: caretaker
          context: {cluster: caretaker, user: %s, namespace: default}
        current-context: caretaker
        """
        .formatted(
            url,
            base64(authority.certificatePem()),
            user,
            base64(identity.certificatePem()),
            base64(identity.keyPem()),
            user);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
