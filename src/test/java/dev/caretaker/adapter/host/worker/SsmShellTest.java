package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.host.worker.Shell.Ended;
import dev.caretaker.adapter.host.worker.Shell.Failed;
import dev.caretaker.adapter.host.worker.Shell.Said;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** What SSM can say of a command that its stand-in never says. */
class SsmShellTest {
  private static final SsmSettings SETTINGS =
      new SsmSettings("us-east-1", Optional.empty(), Duration.ofMillis(300), Duration.ofMillis(10));

  private final SaysAnything client = new SaysAnything();

  /** As its interface has it; the SDK's own client would want a server. */
  private static final class SaysAnything implements SsmClient {
    final List<SendCommandRequest> sent = Collections.synchronizedList(new ArrayList<>());
    final List<CancelCommandRequest> cancelled = Collections.synchronizedList(new ArrayList<>());
    volatile CommandStatus status = CommandStatus.SUCCESS;
    volatile Optional<SsmException> refuses = Optional.empty();
    volatile GetCommandInvocationResponse answer =
        GetCommandInvocationResponse.builder().statusDetails("Success").responseCode(0).build();

    @Override
    public SendCommandResponse sendCommand(SendCommandRequest request) {
      if (refuses.isPresent()) {
        throw refuses.get();
      }
      if (request.instanceIds().contains("i-stranger")) {
        throw InvalidInstanceIdException.builder().message("not in a valid state").build();
      }
      sent.add(request);
      return SendCommandResponse.builder()
          .command(Command.builder().commandId("c" + sent.size()).build())
          .build();
    }

    @Override
    public ListCommandsResponse listCommands(ListCommandsRequest request) {
      return ListCommandsResponse.builder()
          .commands(Command.builder().status(status).build())
          .build();
    }

    @Override
    public GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
      return answer.toBuilder().instanceId(request.instanceId()).build();
    }

    @Override
    public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
      cancelled.add(request);
      return CancelCommandResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "ssm";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static WorkerHost host(String id) {
    return new WorkerHost(new WorkerId(id), Optional.empty(), Utility.of("1"), true);
  }

  private SortedMap<WorkerId, Said> run(Map<WorkerHost, String> orders) {
    try (var shell = new SsmShell(client, SETTINGS)) {
      return shell.run(orders);
    }
  }

  private Said one() {
    return run(Map.of(host("i-1"), "true")).values().iterator().next();
  }

  private static Failed failure(@Nullable Said said) {
    assertThat(said).isInstanceOf(Failed.class);
    return (Failed) Objects.requireNonNull(said);
  }

  private void answers(String details, int code, String output) {
    client.answer =
        GetCommandInvocationResponse.builder()
            .statusDetails(details)
            .responseCode(code)
            .standardOutputContent(output)
            .build();
  }

  @Test
  void shouldSendOneCommandToFiftyMachines() {
    var orders = new HashMap<WorkerHost, String>();
    IntStream.range(0, 120).forEach(number -> orders.put(host("i-" + number), "same"));
    orders.put(host("i-other"), "other");

    var said = run(orders);

    assertThat(said)
        .hasSize(121)
        .allSatisfy((id, each) -> assertThat(each).isInstanceOf(Ended.class));
    assertThat(client.sent)
        .extracting(each -> each.instanceIds().size())
        .containsExactlyInAnyOrder(50, 50, 20, 1);
    assertThat(client.sent)
        .allSatisfy(
            each -> {
              assertThat(each.documentName()).isEqualTo("AWS-RunShellScript");
              assertThat(each.maxErrors()).isEqualTo("100%");
            });
  }

  @Test
  void shouldReachTheOthersThoughSsmDoesNotKnowOne() {
    var orders = new HashMap<WorkerHost, String>();
    IntStream.range(0, 9).forEach(number -> orders.put(host("i-" + number), "same"));
    orders.put(host("i-stranger"), "same");

    var said = run(orders);

    assertThat(said).hasSize(10);
    said.forEach(
        (id, each) ->
            assertThat(each)
                .isInstanceOf(id.value().equals("i-stranger") ? Failed.class : Ended.class));
    assertThat(failure(said.get(new WorkerId("i-stranger"))).why().kind())
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void shouldTellTheExitStatusOfAScript() {
    answers("Failed", 64, "refused it is stopping\n");

    assertThat(one()).isEqualTo(new Ended(64, "refused it is stopping"));
  }

  @ParameterizedTest
  @CsvSource({
    "DeliveryTimedOut, UNREACHABLE",
    "Undeliverable, UNREACHABLE",
    "Terminated, UNREACHABLE",
    "RateExceeded, UNREACHABLE",
    "AccessDenied, DENIED",
    "InvalidPlatform, REFUSED",
    "ExecutionTimedOut, UNKNOWN_OUTCOME",
    "Cancelled, UNKNOWN_OUTCOME",
    "Pending, UNKNOWN_OUTCOME",
    "InProgress, UNKNOWN_OUTCOME",
    "Failed, UNKNOWN_OUTCOME",
    "SomethingNew, UNKNOWN_OUTCOME",
  })
  void neverTakesForSuccessWhatIsNone(String details, Kind kind) {
    answers(details, -1, "end");

    assertThat(one())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.why().kind()).isEqualTo(kind);
              assertThat(failed.why()).hasMessageContaining("i-1").hasMessageContaining(details);
            });
  }

  @Test
  void shouldSayThatAnAnswerWasCutOff() {
    answers("Success", 0, "x".repeat(SsmAnswer.LONGEST));

    assertThat(failure(one()).why()).hasMessageContaining("cut off by SSM at 24000 characters");
  }

  @Test
  void shouldGiveUpACommandThatTakesTooLong() {
    client.status = CommandStatus.IN_PROGRESS;
    answers("InProgress", -1, "");

    assertThat(failure(one()).why().kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);

    assertThat(client.cancelled).hasSize(1);
  }

  @Test
  void shouldNameTheRightThatIsMissing() {
    var denied =
        SsmException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDeniedException")
                    .errorMessage("not authorized")
                    .build())
            .message("not authorized")
            .statusCode(400)
            .build();
    client.refuses = Optional.of((SsmException) denied);

    var why = failure(one()).why();
    assertThat(why.kind()).isEqualTo(Kind.DENIED);
    assertThat(why).hasMessageContaining("allow ssm:SendCommand");
  }
}
