package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Purchase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What a person would try by hand before a fleet may spend money; it only asks. What would change
 * something is sent as a dry run, which EC2 answers with whether it would be allowed. Whether
 * machines may be given their role, and be tagged, only a purchase tells.
 */
public final class Ec2Checkup implements AutoCloseable {
  private static final String WOULD_SUCCEED = "DryRunOperation";

  private final Ec2Clients clients;
  private final MachineReading machines;

  /** Asks nothing yet. To be closed. */
  public Ec2Checkup(Ec2Settings settings) {
    this.clients = Ec2Clients.open(settings);
    this.machines = new MachineReading(clients.reads());
  }

  /**
   * What came of one question.
   *
   * @param check what was asked: an action of IAM, or a thing of the spec
   * @param problem what is wrong and what to do; empty where it is well
   */
  public record Finding(String check, Optional<String> problem) {}

  private interface Question {
    void ask(Ec2Client client);
  }

  /**
   * Looks at all that a fleet needs of EC2.
   *
   * @param sample a purchase as the fleet would make it; it is not made
   * @param subnets all of the spec
   */
  public List<Finding> look(Purchase sample, Set<String> subnets) {
    var findings = new ArrayList<Finding>();
    findings.add(
        action("ec2:DescribeInstances", ec2 -> ec2.describeInstances(each -> each.dryRun(true))));
    findings.add(
        action(
            "ec2:DescribeSpotInstanceRequests",
            ec2 -> ec2.describeSpotInstanceRequests(each -> each.dryRun(true))));
    findings.add(
        action(
            "ec2:DescribeInstanceTypes",
            ec2 -> ec2.describeInstanceTypes(each -> each.dryRun(true))));
    findings.add(
        action(
            "ec2:DescribeSpotPriceHistory",
            ec2 -> ec2.describeSpotPriceHistory(each -> each.dryRun(true))));
    findings.addAll(subnets(subnets));
    findings.add(template(sample.template()));
    findings.add(
        action(
            "ec2:CreateFleet",
            ec2 ->
                ec2.createFleet(
                    Orders.request(sample).toBuilder().clientToken(null).dryRun(true).build())));
    terminating(sample.fleet()).ifPresent(findings::add);
    return findings;
  }

  private Finding action(String action, Question question) {
    try {
      question.ask(clients.writes());
      return new Finding(action, Optional.empty());
    } catch (SdkException thrown) {
      return judged(action, thrown);
    }
  }

  private Finding judged(String check, SdkException thrown) {
    var action = check.startsWith("ec2:") ? check : "ec2:DescribeLaunchTemplateVersions";
    var failure = Ec2Failure.of(action, clients.region(), thrown);
    return new Finding(
        check, Optional.of(failure.sentence()).filter(any -> !isAllowed(failure.code())));
  }

  private static boolean isAllowed(String code) {
    return code.equals(WOULD_SUCCEED);
  }

  private List<Finding> subnets(Set<String> wanted) {
    var action = "ec2:DescribeSubnets";
    var missing = new TreeSet<>(wanted);
    try {
      clients
          .reads()
          .describeSubnetsPaginator(
              each -> each.filters(Tags.filter("subnet-id", List.copyOf(wanted))))
          .subnets()
          .stream()
          .map(Subnet::subnetId)
          .forEach(missing::remove);
    } catch (SdkException thrown) {
      return List.of(judged(action, thrown));
    }
    var findings = new ArrayList<Finding>();
    findings.add(new Finding(action, Optional.empty()));
    for (var id : missing) {
      var sentence = "there is none in " + clients.region() + ": take it off spec.subnets";
      findings.add(new Finding("subnet " + id, Optional.of(sentence)));
    }
    return findings;
  }

  private Finding template(LaunchTemplate template) {
    var check = "launch template " + template.name() + " version " + template.version();
    try {
      var found =
          clients
              .reads()
              .describeLaunchTemplateVersions(
                  each -> each.launchTemplateName(template.name()).versions(template.version()));
      return new Finding(
          check,
          found.launchTemplateVersions().isEmpty()
              ? Optional.of("it has no such version: check spec.launchTemplate.version")
              : Optional.empty());
    } catch (SdkException thrown) {
      return judged(check, thrown);
    }
  }

  /** Only a machine of the fleet's own may be given back, so that without one nobody can ask. */
  private Optional<Finding> terminating(FleetId fleet) {
    List<MachineView> own;
    try {
      own = machines.read(fleet);
    } catch (SdkException unread) {
      return Optional.empty();
    }
    return own.stream()
        .filter(each -> each.isAlive() && each.belongsTo(fleet.uid()))
        .map(MachineView::id)
        .map(InstanceId::value)
        .findFirst()
        .map(
            id ->
                action(
                    "ec2:TerminateInstances",
                    ec2 -> ec2.terminateInstances(each -> each.instanceIds(id).dryRun(true))));
  }

  @Override
  public void close() {
    clients.close();
  }
}
