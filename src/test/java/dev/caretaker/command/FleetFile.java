package dev.caretaker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one SpotFleet, {@code data/etl}, for the sandbox's market. */
final class FleetFile {
  static final String SPEC =
      """
      apiVersion: caretaker.dev/v1alpha1
      kind: SpotFleet
      metadata: {name: etl, namespace: data}
      spec:
        region: us-east-1
        subnets: [subnet-0a1b2c3d4e5f60718, subnet-1a2b3c4d5e6f70819]
        launchTemplate: {name: etl-worker, version: "7"}
        budget: {usdPerHour: "0.20"}
        demand: {utility: 20}
        machines: {list: [{type: m5d.large, utility: "10"}]}
      """;

  private FleetFile() {}

  /** Writes it with a part replaced. */
  static String in(Path folder, String part, String other) throws IOException {
    if (!SPEC.contains(part)) {
      throw new IllegalArgumentException("not in the file: " + part);
    }
    return Files.writeString(folder.resolve("etl.yaml"), SPEC.replace(part, other)).toString();
  }

  static String in(Path folder) throws IOException {
    return in(folder, "etl", "etl");
  }
}
