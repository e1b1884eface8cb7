package dev.caretaker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.testkit.AwsEndpoints;
import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What people see of {@code plan} and {@code doctor} where moto stands for EC2 and SQS. */
@RequiresMoto
class FleetOnMotoTest {
  private static final Region REGION = Region.of(Moto.REGION);

  @TempDir private Path folder = Path.of("");
  private final StringWriter out = new StringWriter();
  private final AwsEndpoints endpoints;
  private final Ec2Client ec2;
  private final SqsClient sqs;
  private String subnet = "";

  FleetOnMotoTest(Moto moto) {
    endpoints = AwsEndpoints.at(moto.url());
    ec2 = Ec2Client.builder().region(REGION).build();
    sqs = SqsClient.builder().region(REGION).build();
  }

  @BeforeEach
  void prepare() {
    subnet = ec2.describeSubnets().subnets().get(0).subnetId();
    ec2.createLaunchTemplate(
        each ->
            each.launchTemplateName("etl-worker")
                .launchTemplateData(
                    data -> data.imageId("ami-12c6146b").instanceType(InstanceType.T3_NANO)));
  }

  @AfterEach
  void close() {
    ec2.close();
    sqs.close();
    endpoints.close();
  }

  private String file(String version) throws IOException {
    var text =
        FleetFile.SPEC
            .replaceAll("subnets: .*", "subnets: [" + subnet + "]")
            .replace("\"7\"", version)
            .replace("demand:", "interruption: {queue: notices}\n  demand:");
    return Files.writeString(folder.resolve("etl.yaml"), text).toString();
  }

  private int run(Object command, String file) {
    out.getBuffer().setLength(0);
    var writer = new PrintWriter(out);
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer)
        .setErr(writer)
        .execute("-f", file);
  }

  private void queue(String policy) throws IOException {
    var url = sqs.createQueue(each -> each.queueName("notices")).queueUrl();
    if (!policy.isEmpty()) {
      var text = Files.readString(Path.of("manifests/iam", policy));
      sqs.setQueueAttributes(
          each -> each.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, text)));
    }
  }

  private void nothingWasBought() {
    assertThat(ec2.describeInstances().reservations()).isEmpty();
    assertThat(ec2.describeSpotInstanceRequests().spotInstanceRequests()).isEmpty();
  }

  @Test
  void shouldPlanAPurchaseAndBuyNothing() throws IOException {
    assertThat(run(new PlanCommand(), file("'1'"))).as(out.toString()).isEqualTo(2);

    assertThat(out.toString()).contains("x m5d.large in " + Moto.REGION);
    nothingWasBought();
  }

  @Test
  void shouldFindATemplateThatIsNotThere() throws IOException {
    var absent = file("'1'");
    Files.writeString(
        Path.of(absent), Files.readString(Path.of(absent)).replace("etl-worker", "nobodys"));

    assertThat(run(new DoctorCommand(), absent)).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED   launch-template").contains("nobodys version 1");
    nothingWasBought();
  }

  @Test
  void shouldFindAllWellAndBuyNothing() throws IOException {
    queue("notices-queue-policy.json");

    assertThat(run(new DoctorCommand(), file("'1'"))).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("iam:PassRole", "queue-policy", "EventBridge may send", "queue-redrive")
        .contains("0 failed, 1 warnings");
    nothingWasBought();
  }

  @Test
  void shouldFindAQueueThatIsNotThereOrLetsNobodyIn() throws IOException {
    assertThat(run(new DoctorCommand(), file("'1'"))).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED   queue ").contains("Do: create it");

    queue("");
    assertThat(run(new DoctorCommand(), file("'1'"))).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAILED   queue-policy")
        .contains("manifests/iam/notices-queue-policy.json");
  }
}
