package dev.caretaker.sandbox.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** The directory of one API server: its objects, its keys, and the way in for clients. */
record ServerFiles(Path directory) {

  Path kubeconfig() {
    return directory.resolve("kubeconfig");
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
    writePrivate(secret("authority.crt"), certificates.authority().certificatePem());
    writePrivate(secret("server.crt"), certificates.server().certificatePem());
    writePrivate(secret("server.key"), certificates.server().keyPem());
    writePrivate(secret("tokens.key"), certificates.tokenKeyPem());
    writePrivate(secret("audit-policy.yaml"), audit.policy());
    writePrivate(kubeconfig(), kubeconfigFor(certificates, url));
  }

  private static String kubeconfigFor(Certificates certificates, URI url) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: caretaker
          cluster: {server: "%s", certificate-authority-data: %s}
        users:
        - name: admin
          user: {client-certificate-data: %s, client-key-data: %s}
        contexts:
        - name: caretaker
          context: {cluster: caretaker, user: admin, namespace: default}
        current-context: caretaker
        """
        .formatted(
            url,
            base64(certificates.authority().certificatePem()),
            base64(certificates.admin().certificatePem()),
            base64(certificates.admin().keyPem()));
  }

  /** Created unreadable for others, not made so afterwards: there is no moment to read it. */
  private static void writePrivate(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    Files.writeString(file, text);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
