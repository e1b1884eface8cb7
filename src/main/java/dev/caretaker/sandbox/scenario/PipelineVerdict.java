package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.audit.LookAlikes;
import dev.caretaker.sandbox.audit.StoredDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the pipeline's scenario comes to, by what the queue took and what the engine has. */
record PipelineVerdict(Stage stage, PipelineStage pipeline, Set<Long> live, List<String> tables) {
  private static final List<String> MUST_BE_ZERO =
      List.of("lost", "duplicates", "lookalikeTables", "machinesOnWrongRevision");
  private static final int SHOWN = 20;

  /** When nothing is sent any more and the queue is empty. */
  Outcome judge(Instant begun, List<String> before) throws IOException, InterruptedException {
    var complaints = new ArrayList<>(before);
    var now = Instant.now();
    var documents = StoredDocument.all(stage.stand().door(), tables);
    var counts = counts(documents);
    var archive = pipeline.archive();
    var sent = new TreeSet<>(live);
    sent.addAll(archive.wanted());
    var lost = new TreeSet<>(sent);
    lost.removeAll(counts.keySet());
    long duplicates = counts.values().stream().mapToInt(count -> count - 1).sum();
    var strange = LookAlikes.of(stage.stand().door(), tables);
    for (var table : tables) {
      if (LookAlikes.behind(stage.stand().door(), table) != 1) {
        complaints.add("not exactly one index behind " + table);
      }
    }
    var outdated = pipeline.outdated();
    var line =
        stage
            .line("pipeline")
            .put("sent", sent.size())
            .put("stored", stored(counts, sent))
            .put("backfilled", stored(counts, archive.wanted()))
            .put("lost", lost.size())
            .put("duplicates", duplicates)
            .put("lookalikeTables", strange.size())
            .put("machinesOnWrongRevision", outdated.size())
            .put("oldestAgeSeconds", oldest(documents).toSeconds())
            .put("usd", pipeline.usd(now))
            .put("seconds", Duration.between(begun, now).toSeconds());
    lost.stream().limit(SHOWN).forEach(number -> complaints.add("lost: message " + number));
    strange.forEach(index -> complaints.add("looks like a table: " + index));
    complaints.addAll(outdated);
    complaints.addAll(unasked(counts.keySet(), archive));
    complaints.addAll(of(line));
    return new Outcome(line, complaints);
  }

  /** How often each number was stored. */
  private static Map<Long, Integer> counts(List<StoredDocument> documents) {
    var counts = new HashMap<Long, Integer>();
    documents.stream()
        .filter(each -> each.number() >= 0)
        .forEach(each -> counts.merge(each.number(), 1, Integer::sum));
    return counts;
  }

  /** Of what was sent for certain; what was only perhaps sent may be stored too. */
  private static long stored(Map<Long, Integer> counts, Set<Long> sent) {
    return counts.keySet().stream().filter(sent::contains).count();
  }

  /** Objects that a document was made of, and that are outside of the backfill. */
  static List<String> unasked(Set<Long> stored, Archive archive) {
    return archive.others().stream()
        .filter(stored::contains)
        .sorted()
        .map(number -> "outside of the backfill, and stored: object " + number)
        .toList();
  }

  private static Duration oldest(List<StoredDocument> documents) {
    return documents.stream()
        .filter(each -> each.number() >= 0)
        .map(StoredDocument::age)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** What is wrong with a line. */
  static List<String> of(ObjectNode line) {
    var wrong = new ArrayList<String>();
    for (var field : MUST_BE_ZERO) {
      if (!line.path(field).isNumber() || line.path(field).asLong() != 0) {
        wrong.add(field + " is " + line.path(field) + ", not 0");
      }
    }
    if (line.path("sent").asLong() == 0
        || line.path("stored").asLong() != line.path("sent").asLong()) {
      wrong.add("stored " + line.path("stored") + " of " + line.path("sent"));
    }
    if (line.path("backfilled").asLong() == 0) {
      wrong.add("nothing was backfilled");
    }
    return wrong;
  }
}
