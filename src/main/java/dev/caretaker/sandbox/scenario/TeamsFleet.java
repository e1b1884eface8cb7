package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caretaker.world.market.SpotMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The example's SpotFleet in a team's Git: bought on the sandbox's market, gone with the team. */
record TeamsFleet(Stage stage) {
  private static final String FILE = "/examples/fleet/spotfleet.yaml";

  /** Tags are read for three minutes before the first purchase. */
  private static final Duration BOUGHT_WITHIN = Duration.ofMinutes(5);

  /** What is to be committed: a few machines only. */
  ObjectNode object() throws IOException {
    var stream = Optional.ofNullable(TeamsFleet.class.getResourceAsStream(FILE));
    if (stream.isEmpty()) {
      throw new IOException("this build of Caretaker has no " + FILE);
    }
    try (var yaml = stream.get()) {
      var fleet = (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(yaml);
      fleet.withObject("/spec/demand").put("utility", 8);
      return fleet;
    }
  }

  /** Returns when something was bought. */
  void awaitPurchase(List<String> complaints) throws IOException, InterruptedException {
    if (!stage.await(BOUGHT_WITHIN, () -> machines() > 0)) {
      complaints.add("the SpotFleet from Git has bought nothing");
    }
    stage.say().accept("the SpotFleet has " + machines() + " machines");
  }

  /** Says what runs on although its SpotFleet is gone. */
  void judgeEnd(List<String> complaints) {
    if (machines() > 0) {
      complaints.add(machines() + " machines run on without their SpotFleet");
    }
  }

  private long machines() {
    return stage
        .stand()
        .cloud()
        .market()
        .with(market -> market.machines().stream().filter(SpotMachine::isAlive).count());
  }
}
