package dev.caretaker.world.simulation;

import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.pipeline.guard.PipelineRules;
import java.util.List;

/** What can be simulated, and the rules that can be taken out of it. */
enum Domain {
  /** Rolling restarts and drains of a cluster. */
  ROLLOUT {
    @Override
    List<String> rules() {
      return Guards.standard().names();
    }

    @Override
    Simulation whole() {
      return new Simulation(Guards.standard());
    }

    @Override
    Simulation without(String rule) {
      return new Simulation(Guards.standard().without(rule));
    }
  },
  /** A fleet that buys and gives back on a spot market. */
  FLEET {
    @Override
    List<String> counts() {
      return List.of("doubleBuys", "orphans", "overBudgetPasses");
    }

    @Override
    List<String> rules() {
      return FleetRules.standard().names();
    }

    @Override
    Simulation whole() {
      return new Simulation(FleetRules.standard());
    }

    @Override
    Simulation without(String rule) {
      return new Simulation(FleetRules.standard().without(rule));
    }
  },
  /** A queue, its workers and its tables. */
  PIPELINE {
    @Override
    List<String> counts() {
      return List.of("retentionMisses", "unstableDemand");
    }

    @Override
    List<String> rules() {
      return PipelineRules.standard().names();
    }

    @Override
    Simulation whole() {
      return new Simulation(PipelineRules.standard());
    }

    @Override
    Simulation without(String rule) {
      return new Simulation(PipelineRules.standard().without(rule));
    }
  };

  /** What a run of this domain counts besides violations. */
  List<String> counts() {
    return List.of();
  }

  abstract List<String> rules();

  abstract Simulation whole();

  abstract Simulation without(String rule);
}
