package dev.caretaker.sandbox.kubernetes;

/** How much of each request the API server writes to its audit log. */
public enum AuditLevel {
  /** There is no audit log. */
  NONE("None"),
  /** Who did what to which object, and the answer's code. */
  METADATA("Metadata"),
  /** That, and the bodies of writes. */
  REQUEST("Request");

  private final String name;

  AuditLevel(String name) {
    this.name = name;
  }

  /** The policy file that asks for it; a request is written once, when it was answered. */
  String policy() {
    return """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
        - level: %s
        """
        .formatted(name);
  }
}
