package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.gitops.Repository;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** An EtlPipeline in a team's Git, with a mapping and a fleet of its own; it leaves Git again. */
final class TeamsPipeline {
  private static final String FILE = "/sandbox/team-pipeline.yaml";
  private static final String NAME = "etl";
  private static final String QUEUE = "team-etl";
  private static final Duration MADE_WITHIN = Duration.ofMinutes(2);

  /** An empty queue is looked at for two minutes before it goes. */
  private static final Duration GONE_WITHIN = Duration.ofMinutes(5);

  private final Stage stage;
  private final Repository git;
  private final List<ObjectNode> objects;

  TeamsPipeline(Stage stage, Repository git) throws IOException {
    this.stage = stage;
    this.git = git;
    this.objects = Shipped.objects(FILE);
    var keeper = stage.stand().example().object().at("/spec/hosts/access/local/keeper").asText();
    pipeline().withObject("/spec/workers/access/local").put("keeper", keeper);
  }

  void commit() throws IOException {
    for (var object : objects) {
      git.commit(object);
    }
  }

  /** Returns when it has its queue, and what keeps it until that is gone. */
  void awaitQueue(List<String> complaints) throws IOException, InterruptedException {
    var queue = stage.stand().cloud().queue().messages(QUEUE);
    if (!stage.await(MADE_WITHIN, () -> queue.exists() && hasFinalizer())) {
      complaints.add("the EtlPipeline from Git has made no queue");
    }
  }

  private boolean hasFinalizer() throws IOException {
    return !stage.stand().etlPipelines().read(NAME).at("/metadata/finalizers").isEmpty();
  }

  /** Takes it out of Git; what it works with stays there. */
  void remove() throws IOException {
    git.remove(pipeline());
  }

  /** Returns when it has gone with its queue. */
  void awaitEnd(List<String> complaints) throws IOException, InterruptedException {
    var queue = stage.stand().cloud().queue().messages(QUEUE);
    if (!stage.await(
        GONE_WITHIN, () -> !stage.stand().etlPipelines().exists(NAME) && !queue.exists())) {
      complaints.add("the EtlPipeline that left Git is still there, or its queue is");
    }
  }

  private ObjectNode pipeline() {
    return objects.get(objects.size() - 1);
  }
}
