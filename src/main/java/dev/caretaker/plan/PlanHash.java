package dev.caretaker.plan;

import dev.caretaker.elastic.policy.PlanCover;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A short name of what a plan covers: what was asked, the nodes of each step in their order, by
 * which means each is sheltered, and the accepted risks. Which copies move where changes with every
 * new index and every balancing, as bytes and durations do: none of that is in it.
 */
final class PlanHash {
  private static final int LENGTH = 12;

  private PlanHash() {}

  static String of(String wish, List<PlanCover.Step> steps, List<String> risks) {
    var covered = new StringBuilder(wish).append('\n');
    for (var step : steps) {
      covered.append(step.kind()).append(' ').append(step.nodes());
      covered.append(step.movesCopies() ? " moves copies" : "");
      step.raises().forEach(index -> covered.append(" raises ").append(index));
      covered.append('\n');
    }
    covered.append(risks);
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(covered.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
