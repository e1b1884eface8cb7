package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.DirectoryTree;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineOptions.Traces;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.objects.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;

/** The directory of a sandbox. What a killed sandbox left there is stopped and removed. */
record StandFiles(Path directory) {

  Path cluster() {
    return directory.resolve("cluster");
  }

  Path kubernetes() {
    return directory.resolve("kubernetes");
  }

  Path operator() {
    return directory.resolve("operator");
  }

  /** The EsCluster as it was applied. */
  Path example() {
    return directory.resolve("activedata.yaml");
  }

  /** What a team of a scenario has in Git. */
  Path git() {
    return directory.resolve("git");
  }

  /** The disks of machines that were bought for workers. */
  Path machines() {
    return directory.resolve("machines");
  }

  /** What the object store keeps, and its log. */
  Path objects() {
    return directory.resolve("objects");
  }

  /** There exactly while the data of a sandbox that ended in good order wait for the next. */
  private Path kept() {
    return directory.resolve("kept");
  }

  /**
   * Stops what a killed sandbox left running, and removes its files, unless they were kept.
   *
   * @throws IOException also when a sandbox is alive there
   */
  void cleanUpLeftOvers(Consumer<String> progress) throws IOException, InterruptedException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    boolean wasKept = Files.exists(kept());
    var stopped = new ArrayList<String>();
    if (!wasKept) {
      stopped.addAll(EngineCluster.cleanUp(cluster()));
    }
    stopped.addAll(Keeper.cleanUp(operator()));
    stopped.addAll(ObjectStore.cleanUp(objects()));
    ApiServer.cleanUp(kubernetes());
    if (!wasKept) {
      removeServers();
    }
    Files.deleteIfExists(kept());
    if (!stopped.isEmpty()) {
      progress.accept("Stopped what an earlier sandbox had left: " + String.join(", ", stopped));
    }
  }

  /** To be called when everything has ended. */
  void close(Traces traces) throws IOException {
    if (traces == Traces.KEEP) {
      Files.createFile(kept());
      return;
    }
    removeServers();
    try (var rest = Files.list(directory)) {
      if (rest.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(directory);
  }

  private void removeServers() throws IOException {
    DirectoryTree.remove(kubernetes());
    DirectoryTree.remove(operator());
    DirectoryTree.remove(git());
    DirectoryTree.remove(machines());
    DirectoryTree.remove(objects());
    Files.deleteIfExists(example());
  }
}
