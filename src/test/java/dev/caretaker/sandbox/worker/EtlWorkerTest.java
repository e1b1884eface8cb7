package dev.caretaker.sandbox.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.caretaker.sandbox.load.Producer;
import dev.caretaker.sandbox.load.Producer.Fate;
import dev.caretaker.sandbox.market.NoticeQueue;
import dev.caretaker.sandbox.market.WorkMessages;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its supervisor starts it, before a real ElasticMQ. */
class EtlWorkerTest {
  private static final String QUEUE = "work";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path code;
  private final Set<String> documents = new ConcurrentSkipListSet<>();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private HttpServer engine;
  private NoticeQueue queues;
  private WorkMessages queue;

  EtlWorkerTest(@TempDir Path code) {
    this.code = code;
  }

  @BeforeEach
  void open() throws Exception {
    engine =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    engine.createContext(
        "/_bulk",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          body.lines()
              .filter(line -> line.startsWith("{\"index\""))
              .forEach(
                  line -> {
                    documents.add(line);
                    writes.add(line);
                  });
          var answer = "{\"errors\":false}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    engine.start();
    queues = NoticeQueue.open();
    queue = queues.make(QUEUE, Duration.ofSeconds(2));
    Files.writeString(
        code.resolve("etl.properties"), "version=v1\nqueue=" + QUEUE + "\ntables=coverage\n");
  }

  @AfterEach
  void close() throws Exception {
    for (var process : processes) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    queues.close();
    engine.stop(0);
  }

  @Test
  void shouldStoreEachMessageOnceHoweverOftenItsWorkerDies() throws Exception {
    try (var producer = new Producer(queue, 0, "coverage")) {
      producer.burst(1, Fate.DIES_AFTER_BULK);
      assertThat(start().waitFor()).isEqualTo(137);
      assertThat(queue.count()).isEqualTo(1);

      producer.burst(1, Fate.DIES_AFTER_RESEND);
      producer.burst(3, Fate.FAILS);
      awaitEmpty();

      assertThat(documents).hasSize(5).allMatch(line -> line.contains("\"coverage\""));
      assertThat(writes.size()).isGreaterThan(5);
    }
  }

  @Test
  void shouldPutBackWhatItsCodeDoesNotKnow() throws Exception {
    try (var producer = new Producer(queue, 0, "unittest")) {
      producer.burst(2, Fate.LIVES);
      start();

      Thread.sleep(Duration.ofSeconds(4).toMillis());
      assertThat(documents).isEmpty();
      assertThat(queue.count()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void shouldStoreWhatTheObjectHoldsThatABackfillNames() throws Exception {
    engine.createContext(
        "/archive/old/7.json",
        exchange -> {
          var object = "{\"number\":7,\"table\":\"coverage\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, object.length);
          exchange.getResponseBody().write(object);
          exchange.close();
        });
    var message = "{\"bucket\":\"archive\",\"key\":\"old/7.json\",\"timestamp\":1795910400}";
    queue.send(List.of(message, message));
    start();
    await(() -> queue.count() == 0);

    assertThat(documents).singleElement().asString().contains("\"coverage\"", "\"n7\"");
  }

  @Test
  void shouldWriteATrialToEachTable() throws Exception {
    assertThat(start("--trial", "coverage", "unittest").waitFor()).isZero();

    assertThat(documents).hasSize(2).allMatch(line -> line.contains("\"trial\""));
  }

  @Test
  void shouldFinishWhatItHasBegunWhenItIsAskedToEnd() throws Exception {
    try (var producer = new Producer(queue, 0, "coverage")) {
      producer.burst(20, Fate.LIVES);
      var process = start();
      await(() -> !documents.isEmpty());
      process.destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(documents.size() + queue.count()).isEqualTo(20);
    }
  }

  private void awaitEmpty() throws Exception {
    await(
        () -> {
          if (processes.stream().noneMatch(Process::isAlive)) {
            start();
          }
          return queue.count() == 0;
        });
  }

  private interface Question {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Question question) throws IOException, InterruptedException {
    var end = Instant.now().plus(PATIENCE);
    while (!question.holds()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(100);
    }
  }

  private Process start(String... words) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EtlWorker.class.getName()));
    command.addAll(List.of(words));
    // What it says on our own output would be taken for news of the tests.
    var log = Redirect.appendTo(code.resolve("worker.log").toFile());
    var builder =
        new ProcessBuilder(command)
            .directory(code.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    var environment = builder.environment();
    environment.put("ETL_ELASTICSEARCH", "http://127.0.0.1:" + engine.getAddress().getPort());
    environment.put("ETL_SQS", queues.endpoint().toString());
    environment.put("ETL_S3", environment.get("ETL_ELASTICSEARCH"));
    environment.put("ETL_WORKER", "i-0000000a");
    var process = builder.start();
    processes.add(process);
    return process;
  }
}
