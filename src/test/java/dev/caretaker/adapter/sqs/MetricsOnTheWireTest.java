package dev.caretaker.adapter.sqs;

import static dev.caretaker.adapter.sqs.CannedSqs.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.testkit.HandClock;
import dev.caretaker.testkit.SdkCredentials;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * CloudWatch as it is spoken: RPC v2 in CBOR, which moto does not understand. What is asked and
 * answered is written here by hand, by Smithy's description of the protocol.
 */
class MetricsOnTheWireTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:30Z");
  private static final Instant POINT = Instant.parse("2026-11-20T09:50:00Z");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();
  private volatile int status = 200;
  private volatile byte[] answer = new byte[0];
  private SqsQueues queues;

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void open() {
    SdkCredentials.give();
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            asked.add(
                exchange.getRequestURI() + " " + new String(body, StandardCharsets.ISO_8859_1));
            exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
            exchange.getResponseHeaders().set("Content-Type", "application/cbor");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    var url = Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    queues = SqsQueues.open(new QueueSettings("us-west-2", url, url), new HandClock(NOW));
  }

  @AfterEach
  void close() {
    queues.close();
    server.stop(0);
  }

  /** As much of CBOR as an answer needs. */
  private static final class Cbor {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Begins a map (5) or a list (4) of fewer than 24. */
    Cbor begin(int kind, int size) throws IOException {
      out.writeByte(kind << 5 | size);
      return this;
    }

    Cbor text(String text) throws IOException {
      var letters = text.getBytes(StandardCharsets.UTF_8);
      out.writeByte(0x78);
      out.writeByte(letters.length);
      out.write(letters);
      return this;
    }

    Cbor number(double number) throws IOException {
      out.writeByte(0xfb);
      out.writeDouble(number);
      return this;
    }

    Cbor time(Instant at) throws IOException {
      out.writeByte(0xc1);
      return number((double) at.getEpochSecond());
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }

  private static void result(Cbor cbor, String id, double value) throws IOException {
    cbor.begin(5, 4).text("Id").text(id).text("StatusCode").text("Complete");
    cbor.text("Timestamps").begin(4, 1).time(POINT);
    cbor.text("Values").begin(4, 1).number(value);
  }

  @Test
  void shouldReadTraffic() throws IOException {
    var cbor = new Cbor().begin(5, 1).text("MetricDataResults").begin(4, 2);
    result(cbor, "sent", 61_000);
    result(cbor, "deleted", 59_000);
    answer = cbor.bytes();

    var read = queues.traffic(QUEUE, NOW.minus(Duration.ofHours(1)));

    assertThat(read.ifKnown().orElseThrow().counts())
        .containsExactly(new Count(POINT, POINT.plusSeconds(60), 61_000, 59_000));
    assertThat(asked)
        .singleElement()
        .satisfies(
            request ->
                assertThat(request)
                    .startsWith("/service/GraniteServiceVersion20100801/operation/GetMetricData ")
                    .contains("NumberOfMessagesSent", "NumberOfMessagesDeleted", QUEUE.value()));
  }

  @Test
  void shouldSayWhatToAllow() throws IOException {
    status = 403;
    answer =
        new Cbor()
            .begin(5, 2)
            .text("__type")
            .text("com.amazonaws.cloudwatch#AccessDeniedException")
            .text("message")
            .text("not authorized")
            .bytes();

    var read = queues.traffic(QUEUE, NOW.minus(Duration.ofHours(1)));

    assertThat(((Observed.Unknown<?>) read).cause()).contains("allow cloudwatch:GetMetricData");
  }
}
