package dev.caretaker.sandbox;

import dev.caretaker.sandbox.scenario.BounceOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may go wrong during a bounce, as it is said on the command line. */
final class BounceFlags {

  @Option(names = "--twice", description = "bounce: once more, predicted by the first one.")
  boolean twice;

  @Option(names = "--crash-each-effect", description = "bounce: kill the operator at each change.")
  boolean crashEachEffect;

  @Option(names = "--kill-operator-every", description = "bounce: kill -9 it so often, as 30s.")
  @Nullable String killOperatorEvery;

  @Option(names = "--kill-node", description = "bounce: kill -9 this node in the middle.")
  @Nullable String killNode;

  @Option(names = "--wipe-node", description = "bounce: kill -9 this node and delete its data.")
  @Nullable String wipeNode;

  /**
   * What was said.
   *
   * @param nodes that there are
   * @throws IllegalArgumentException where it does not fit together, or not the scenario
   */
  BounceOptions options(@Nullable String scenario, Set<String> nodes) {
    var kills = Optional.ofNullable(killNode).or(() -> Optional.ofNullable(wipeNode));
    var every = Optional.ofNullable(killOperatorEvery).map(BounceFlags::duration);
    boolean disturbed = crashEachEffect || kills.isPresent() || every.isPresent();
    require(
        !(twice || disturbed) || "bounce".equals(scenario),
        "only --scenario bounce kills anything, or is played twice");
    require(!twice || !disturbed, "--twice measures, and nothing may be killed meanwhile");
    require(killNode == null || wipeNode == null, "--kill-node and --wipe-node exclude each other");
    kills.ifPresent(
        node -> require(nodes.contains(node), "no node " + node + "; there are " + nodes));
    return new BounceOptions(twice ? 2 : 1, crashEachEffect, every, kills, wipeNode != null);
  }

  private static Duration duration(String text) {
    require(text.matches("[1-9]\\d{0,3}[sm]"), "not a duration such as 30s or 2m: " + text);
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
