package dev.caretaker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one EsCluster, {@code data/main}, as a person would give it to a command. */
final class MainFile {
  private static final String SPEC =
      """
      apiVersion: caretaker.dev/v1alpha1
      kind: EsCluster
      metadata: {name: main, namespace: data}
      spec:
        connection: {endpoints: ["%s"]}
        zones:
          attribute: zone
          list: [{name: backup, risk: Reliable}, {name: spot, risk: Risky}]
        hosts:
          access: {local: {keeper: "%s"}}
          list: [%s]
      """;

  private MainFile() {}

  /**
   * Writes it.
   *
   * @param nodes items of {@code hosts.list}
   * @param rollout asks for something, or is empty
   */
  static String in(Path folder, Object engine, Object keeper, String nodes, String rollout)
      throws IOException {
    var text = SPEC.formatted(engine, keeper, nodes) + rollout.indent(2);
    return Files.writeString(folder.resolve("main.yaml"), text).toString();
  }
}
