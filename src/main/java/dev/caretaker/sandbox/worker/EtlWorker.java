package dev.caretaker.sandbox.worker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Takes messages from a queue, writes a document for each, and deletes them then. It is started by
 * the script {@code run} of the sandbox's code repository, in a checkout of it; {@code
 * etl.properties} there says which version it is, its queue, which tables it knows, and how long a
 * message takes. What it does not know it puts back into the queue. A message that names an object,
 * as Caretaker's backfills send them, is worked on as what that object holds.
 *
 * <p>{@code --trial TABLE...} writes one document to each table and ends.
 */
public final class EtlWorker {
  private static final int BATCH = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** As if it was killed by a signal that it cannot hear. */
  private static final int KILLED = 137;

  private final WorkQueue queue;
  private final Tables tables;
  private final Set<String> known;
  private final Duration perMessage;
  private volatile boolean ending;

  private EtlWorker(WorkQueue queue, Tables tables, Set<String> known, Duration perMessage) {
    this.queue = queue;
    this.tables = tables;
    this.known = Set.copyOf(known);
    this.perMessage = perMessage;
  }

  /** Works until SIGTERM. */
  public static void main(String[] words) throws IOException, InterruptedException {
    var settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of("etl.properties"))) {
      settings.load(file);
    }
    var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    var nodes = Arrays.stream(environment("ETL_ELASTICSEARCH").split(",")).map(URI::create);
    var version = settings.getProperty("version", "unknown");
    var tables = new Tables(client, nodes.toList(), machine(), version);
    if (words.length > 0 && words[0].equals("--trial")) {
      for (var table : Arrays.asList(words).subList(1, words.length)) {
        tables.writeTrial(table);
        say("wrote a trial document to " + table);
      }
      return;
    }
    var objects =
        new Objects(client, Optional.ofNullable(System.getenv("ETL_S3")).map(URI::create));
    var name = settings.getProperty("queue", "none");
    var queue = new WorkQueue(client, URI.create(environment("ETL_SQS")), name, objects);
    long millis = Long.parseLong(settings.getProperty("millisPerMessage", "0"));
    var known = Set.of(settings.getProperty("tables", "").split(","));
    var worker = new EtlWorker(queue, tables, known, Duration.ofMillis(millis));
    worker.endWithTheProcess();
    say("version " + version + " works");
    worker.work();
  }

  /** What is begun is finished when somebody asks the process to end. */
  private void endWithTheProcess() {
    var worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ending = true;
                  try {
                    worker.join(Duration.ofSeconds(20).toMillis());
                  } catch (InterruptedException hurried) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private void work() throws InterruptedException {
    while (!ending) {
      try {
        finish(queue.receive(BATCH));
      } catch (IOException failed) {
        // What was not deleted comes again once its visibility time-out is over.
        say("again in a second: " + failed);
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private void finish(List<Message> messages) throws IOException, InterruptedException {
    var done = new ArrayList<Message>();
    for (var message : messages) {
      Thread.sleep(perMessage.toMillis());
      if (message.fails() > 0 || !known.contains(message.table())) {
        queue.sendLater(message.onceMore());
        dieIf(message.kills(Message.Death.AFTER_RESEND));
        queue.delete(message);
      } else {
        done.add(message);
      }
    }
    if (done.isEmpty()) {
      return;
    }
    tables.write(done);
    dieIf(done.stream().anyMatch(each -> each.kills(Message.Death.AFTER_BULK)));
    for (var message : done) {
      queue.delete(message);
    }
  }

  private static void dieIf(boolean now) {
    if (now) {
      say("dies");
      Runtime.getRuntime().halt(KILLED);
    }
  }

  /** A trial is made by hand, or by who places the code; the supervisor of a machine names it. */
  private static String machine() {
    return System.getenv().getOrDefault("ETL_WORKER", "trial");
  }

  private static String environment(String name) {
    var value = System.getenv(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set");
    }
    return value;
  }

  @SuppressWarnings("SystemOut") // its log is what its supervisor makes of its output
  private static void say(String line) {
    System.out.println(Instant.now() + " " + line);
  }
}
