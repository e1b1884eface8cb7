package dev.caretaker.sandbox.engine;

import dev.caretaker.sandbox.keeper.ProgramSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a node's own files and tells how its process is started. */
final class NodeFiles {

  private final EngineInstallation engine;
  private final EngineAccount account;
  private final EngineOptions options;

  NodeFiles(EngineInstallation engine, EngineAccount account, EngineOptions options) {
    this.engine = engine;
    this.account = account;
    this.options = options;
  }

  /** Writes the configuration anew and makes the node's folders, which it owns afterwards. */
  void write(EngineNode node, String settings) throws IOException {
    for (Path folder :
        List.of(node.home(), node.config(), node.data(), node.logs(), node.temporary())) {
      DirectoryTree.makeFolder(folder);
    }
    DirectoryTree.copy(engine.home().resolve("config"), node.config());
    Files.write(node.config().resolve("jvm.options"), jvmOptions(node));
    Files.writeString(settingsFile(node), settings);
    account.own(node.home());
  }

  /** Writes the settings anew; while a node runs, nothing else of it may be touched. */
  void rewriteSettings(EngineNode node, String settings) throws IOException {
    Files.writeString(settingsFile(node), settings);
    account.own(node.config());
  }

  private Path settingsFile(EngineNode node) {
    return node.config().resolve(engine.kind().product() + ".yml");
  }

  /** Deletes what the node stored; it comes back as a new node under its old name. */
  void wipe(EngineNode node) throws IOException {
    DirectoryTree.remove(node.data());
    DirectoryTree.makeFolder(node.data());
    account.own(node.data());
  }

  /**
   * How a node's process is started.
   *
   * @param leash words that come before the engine's own, under its account
   */
  ProgramSpec program(EngineNode node, List<String> leash) {
    String opensearchOrEs = engine.kind() == EngineKind.OPENSEARCH ? "OPENSEARCH_" : "ES_";
    String java = engine.jdk().home().toString();
    Map<String, String> environment =
        Map.of(
            opensearchOrEs + "PATH_CONF",
            node.config().toString(),
            opensearchOrEs + "TMPDIR",
            node.temporary().toString(),
            opensearchOrEs + "JAVA_HOME",
            java,
            // Elasticsearch 6 knows this one only; the others say that they ignore it.
            "JAVA_HOME",
            java,
            opensearchOrEs + "JAVA_OPTS",
            "",
            // The first compiler alone: five nodes are ready in 32 s instead of 53 s.
            // For every JVM on the way, too: the scripts and launchers start up to four before
            // the node's own, and these would leave files in the system's temporary folder.
            "JDK_JAVA_OPTIONS",
            "-XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir=" + node.temporary(),
            "HOME",
            node.home().toString(),
            "TMPDIR",
            node.temporary().toString());
    List<String> words = new ArrayList<>(leash);
    words.add(engine.program().toString());
    List<String> command = account.command(words);
    return new ProgramSpec(node.name(), command, environment, node.home(), node.console());
  }

  /**
   * The engine's own options, less those that need an older JVM, much disk or more memory, and less
   * those that write beside the engine, which the nodes share; and ours.
   */
  private List<String> jvmOptions(EngineNode node) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<String> shipped = Files.lines(engine.home().resolve("config/jvm.options"))) {
      shipped.filter(NodeFiles::wanted).forEach(lines::add);
    }
    lines.add("-Xms" + options.heapMebibytes() + "m");
    lines.add("-Xmx" + options.heapMebibytes() + "m");
    lines.add("-XX:ErrorFile=" + node.logs().resolve("hs_err_pid%p.log"));
    return lines;
  }

  private static boolean wanted(String line) {
    return line.matches("(\\d+(-\\d*)?:)?-.+")
        && Stream.of(
                "-Xms",
                "-Xmx",
                "-Xlog",
                "ConcMarkSweep",
                "CMSInitiating",
                "PrintGC",
                "PrintTenuring",
                "GCLogFile",
                "NumberOfGCLogFiles",
                "HeapDump",
                "ErrorFile",
                "AlwaysPreTouch")
            .noneMatch(line::contains);
  }
}
