package dev.caretaker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.testkit.AwsEndpoints;
import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What people see of {@code plan} and {@code doctor} for EtlPipelines; both change nothing. */
@RequiresMoto
class PipelineOnMotoTest {
  private static final String SPEC =
      """
      apiVersion: caretaker.dev/v1alpha1
      kind: EtlPipeline
      metadata: {name: etl, namespace: data}
      spec:
        queue: {name: etl-work, region: us-east-1, retention: 14d, visibility: 30m, create: true}
        buckets: [{name: etl-results, create: true}]
        workers: {fleet: {name: etl}, access: {local: {keeper: "http://127.0.0.1:1"}}}
        process: {program: etl}
        throughput: {messagesPerUtilityHour: 10}
        scale: {max: 40}
      """;

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private final AwsEndpoints endpoints;
  private final SqsClient sqs;
  private final S3Client s3;

  PipelineOnMotoTest(Moto moto) {
    endpoints = AwsEndpoints.at(moto.url());
    sqs = SqsClient.builder().region(Region.US_EAST_1).build();
    s3 = S3Client.builder().region(Region.US_EAST_1).forcePathStyle(true).build();
  }

  @AfterEach
  void close() {
    sqs.close();
    s3.close();
    endpoints.close();
  }

  private int run(Object command, String spec, String... more) throws IOException {
    out.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    var file = Files.writeString(folder.resolve("etl.yaml"), spec).toString();
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(arguments(file, more));
  }

  private static String[] arguments(String file, String... more) {
    var arguments = new ArrayList<>(List.of("-f", file));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private String queue(String visibility) {
    var made =
        sqs.createQueue(
            each ->
                each.queueName("etl-work")
                    .attributes(
                        Map.of(
                            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                            "1209600",
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            visibility)));
    return made.queueUrl();
  }

  private List<String> failed() throws IOException {
    var json = new ObjectMapper().readTree(out.toString());
    return json.path("failed").findValuesAsText("problem");
  }

  @Test
  void shouldPlanWhatIsMadeAndMakeNothing() throws IOException {
    assertThat(run(new PlanCommand(), SPEC)).as(errors.toString()).isEqualTo(2);

    assertThat(out.toString())
        .contains(
            "2 to make, 0 to change",
            "make the queue etl-work: kept 14 d, hidden 30 min",
            "make the bucket etl-results: with no public access",
            "0 of utility: there is no queue yet, and nothing to work on",
            "machines: no API server was asked: name one by --kubeconfig or --context");
    assertThat(sqs.listQueues().queueUrls()).isEmpty();
    assertThat(s3.listBuckets().buckets()).isEmpty();
  }

  @Test
  void shouldPlanTheMachinesForWhatWaitsAndSendNothing() throws IOException {
    var url = queue("1800");
    for (int i = 0; i < 3; i++) {
      sqs.sendMessage(each -> each.queueUrl(url).messageBody("work"));
    }

    assertThat(run(new PlanCommand(), SPEC)).as(errors.toString()).isEqualTo(2);

    assertThat(out.toString()).contains("1 to make", "ask the fleet for", "3 messages");
    assertThat(sqs.listQueues().queueUrls()).containsExactly(url);
  }

  /** What is there is adopted; it is compared, and never changed silently. */
  @Test
  void shouldSayInWhatAnAdoptedQueueDiffers() throws IOException {
    queue("60");

    run(new PlanCommand(), SPEC);
    assertThat(out.toString()).contains("visibility is PT1M and shall be PT30M");
    run(new DoctorCommand(), SPEC, "-o", "json");
    assertThat(out.toString()).contains("visibility");
  }

  @Test
  void shouldFindThatAQueueLacksWhichNobodyMakes() throws IOException {
    assertThat(run(new DoctorCommand(), SPEC, "-o", "json")).as(out.toString()).isZero();
    assertThat(failed()).isEmpty();

    var declared = SPEC.replace("visibility: 30m, create: true", "visibility: 30m");
    assertThat(run(new DoctorCommand(), declared, "-o", "json")).isEqualTo(1);
    assertThat(failed()).containsExactly("there is none");
    assertThat(out.toString()).contains("make it, or set spec.queue.create: true");
  }

  @Test
  void shouldNotReachIntoAnotherAccount() throws IOException {
    var other = SPEC.replace("etl-work", "https://sqs.us-east-1.amazonaws.com/1/etl-work");

    assertThat(run(new PlanCommand(), other)).isEqualTo(1);
    assertThat(errors.toString()).contains("spec.queue.name", "a queue of another account");
  }
}
