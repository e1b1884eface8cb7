package dev.caretaker.sandbox.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An engine that the sandbox can run, at the version that it was tried with. */
public enum EngineKind {
  // Elasticsearch 6 and 7 start on no JDK without a security manager, so neither on 24 nor later.
  ES6("elasticsearch", "org.elasticsearch.distribution.zip", "6.8.23", 11, 17),
  ES7("elasticsearch", "org.elasticsearch.distribution.integ-test-zip", "7.17.29", 11, 21),
  ES8("elasticsearch", "org.elasticsearch.distribution.integ-test-zip", "8.19.21", 17, 25),
  OPENSEARCH("opensearch", "org.opensearch.distribution.integ-test-zip", "3.6.0", 21, 25);

  private final String product;
  private final String groupId;
  private final String version;
  private final int oldestJava;
  private final int newestJava;

  EngineKind(String product, String groupId, String version, int oldestJava, int newestJava) {
    this.product = product;
    this.groupId = groupId;
    this.version = version;
    this.oldestJava = oldestJava;
    this.newestJava = newestJava;
  }

  /**
   * The kind with this name on the command line.
   *
   * @throws IllegalArgumentException with the names that there are
   */
  public static EngineKind named(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no engine '"
                        + word
                        + "'; there are "
                        + Arrays.stream(values())
                            .map(EngineKind::word)
                            .collect(Collectors.joining(", "))));
  }

  /** Its name on the command line: es6, es7, es8 or opensearch. */
  public String word() {
    return switch (this) {
      case ES6 -> "es6";
      case ES7 -> "es7";
      case ES8 -> "es8";
      case OPENSEARCH -> "opensearch";
    };
  }

  /** elasticsearch or opensearch: the name of its program, its archive and its settings file. */
  public String product() {
    return product;
  }

  public String version() {
    return version;
  }

  /** Its archive in a Maven repository. */
  Artifact archive() {
    return new Artifact(groupId + ":" + product + ":" + version + ":zip", versionedName() + ".zip");
  }

  /** Product and version, as its archive and its directory are named. */
  String versionedName() {
    return product + "-" + version;
  }

  boolean runsOn(Jdk jdk) {
    return oldestJava <= jdk.version() && jdk.version() <= newestJava;
  }

  /** The Java versions it runs on, as people write them. */
  String javaVersions() {
    return oldestJava + " to " + newestJava;
  }
}
