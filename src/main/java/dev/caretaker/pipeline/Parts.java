package dev.caretaker.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.pipeline.table.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What has to be in place before workers work: queues, buckets and tables. */
final class Parts {
  private Parts() {}

  /** Their names. A new one is introduced; one that is not named any more is just forgotten. */
  static SortedSet<String> of(PipelinePolicy policy) {
    var parts = new TreeSet<String>();
    parts.add("queue " + policy.queue().name());
    policy
        .queue()
        .attributes()
        .deadLetter()
        .map(QueueAttributes.DeadLetter::queue)
        .ifPresent(dead -> parts.add("queue " + dead));
    policy.buckets().keySet().forEach(bucket -> parts.add("bucket " + bucket));
    policy.tables().forEach(table -> parts.add("table " + table.alias()));
    return parts;
  }

  static boolean areInPlace(Situation situation) {
    return queuesAreThere(situation)
        && situation.policy().buckets().keySet().stream()
            .allMatch(
                bucket ->
                    Observed.known(BucketState.USABLE)
                        .equals(situation.view().buckets().get(bucket)))
        && situation.policy().tables().stream()
            .allMatch(table -> situation.shelf(table).filter(Shelf::isEstablished).isPresent());
  }

  static boolean queuesAreThere(Situation situation) {
    var view = situation.view();
    boolean dead = situation.policy().queue().attributes().deadLetter().isPresent();
    return view.queue().ifKnown().flatMap(each -> each).isPresent()
        && (!dead || view.deadLetter().ifKnown().flatMap(each -> each).isPresent());
  }

  /** What of it could not be read, with the causes. */
  static List<String> unread(Situation situation) {
    var policy = situation.policy();
    var view = situation.view();
    var causes = new ArrayList<String>();
    add(causes, "queue " + policy.queue().name(), view.queue());
    policy
        .queue()
        .attributes()
        .deadLetter()
        .ifPresent(dead -> add(causes, "queue " + dead.queue(), view.deadLetter()));
    policy
        .buckets()
        .keySet()
        .forEach(
            bucket ->
                add(
                    causes,
                    "bucket " + bucket,
                    view.buckets().getOrDefault(bucket, Observed.unknown("nobody asked"))));
    policy
        .tables()
        .forEach(
            table ->
                add(
                    causes,
                    "table " + table.alias(),
                    view.tables().getOrDefault(table.alias(), Observed.unknown("nobody asked"))));
    add(causes, "fleet", view.fleet());
    return causes;
  }

  private static void add(List<String> causes, String what, Observed<?> read) {
    if (read instanceof Observed.Unknown<?> unknown) {
      causes.add("the " + what + " could not be read: " + unknown.cause());
    }
  }
}
