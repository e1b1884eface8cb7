package dev.caretaker.sandbox.scenario;

import dev.caretaker.sandbox.watch.Holds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The namespace of the EsCluster goes, with its Secret, while a node is stopped. */
record NamespaceEnd(Stage stage) {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** Deletes it; how long it took until it was gone, rounded up to a second. */
  Duration play(List<String> complaints) throws IOException, InterruptedException {
    var tenant = stage.stand().tenant();
    stage.say().accept("deletes the namespace " + stage.stand().namespace());
    var begun = Instant.now();
    tenant.delete();
    boolean gone = stage.await(PATIENCE, () -> !tenant.exists());
    var took = Duration.between(begun, Instant.now()).plusMillis(999);
    if (!gone) {
      complaints.add("the namespace is still there after " + PATIENCE.toSeconds() + " s");
    }
    stage.say().accept(gone ? "the namespace is gone" : "the namespace is STILL there");
    // The finalizer went when all was put back: there is nobody left who would do it later.
    var look = stage.look();
    var held = Holds.differences(stage.stand().watcher().first(), look);
    held.forEach(key -> complaints.add("still held when the namespace was gone: " + key));
    if (look.members().size() != stage.nodes()) {
      complaints.add("only " + look.members() + " run when the namespace was gone");
    }
    if (!stage.await(RECOVERY, stage::settled)) {
      complaints.add("not every copy is back");
    }
    stage.leaks().forEach(leak -> complaints.add("leaked: " + leak));
    return took;
  }
}
