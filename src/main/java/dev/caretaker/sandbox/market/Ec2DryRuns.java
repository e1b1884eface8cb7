package dev.caretaker.sandbox.market;

import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.world.market.Market;
import java.util.Optional;

/** EC2's answers to requests that only ask: an error in any case, as EC2 does it. */
final class Ec2DryRuns {
  private final Market market;

  Ec2DryRuns(Market market) {
    this.market = market;
  }

  static boolean isOne(Ec2Request request) {
    return request.field("DryRun").filter("true"::equals).isPresent();
  }

  /** What would have come of it. */
  Ec2Error outcome(Ec2Request request) throws Ec2Error {
    if (request.action().equals("RunInstances")) {
      return wrong(request).orElseGet(Ec2DryRuns::good);
    }
    return good();
  }

  private static Ec2Error good() {
    return new Ec2Error(
        412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
  }

  private Optional<Ec2Error> wrong(Ec2Request request) throws Ec2Error {
    var template =
        new LaunchTemplate(
            request.required("LaunchTemplate.LaunchTemplateName"),
            request.required("LaunchTemplate.Version"));
    if (!market.templates().contains(template)) {
      return Optional.of(unknownTemplate(template));
    }
    var subnet = request.required("SubnetId");
    if (market.subnets().stream().noneMatch(each -> each.id().equals(subnet))) {
      return Optional.of(
          Ec2Error.of("InvalidSubnetID.NotFound", "The subnet ID '" + subnet + "' does not exist"));
    }
    var type = request.required("InstanceType");
    return market.types().containsKey(new MachineType(type))
        ? Optional.empty()
        : Optional.of(Ec2Error.of("InvalidParameterValue", "Invalid value '" + type + "'"));
  }

  static Ec2Error unknownTemplate(LaunchTemplate template) {
    return Ec2Error.of(
        "InvalidLaunchTemplateName.NotFoundException",
        "The specified launch template, with template name "
            + template.name()
            + " and version "
            + template.version()
            + ", does not exist.");
  }

  /** The one version that is asked for. */
  String template(Ec2Request request) throws Ec2Error {
    var template =
        new LaunchTemplate(
            request.required("LaunchTemplateName"), request.required("LaunchTemplateVersion.1"));
    if (!market.templates().contains(template)) {
      throw unknownTemplate(template);
    }
    return Ec2Answer.to(
        request.action(),
        answer ->
            answer.element(
                "launchTemplateVersionSet",
                set ->
                    set.element(
                        "item",
                        item ->
                            item.text("launchTemplateName", template.name())
                                .text("versionNumber", template.version()))));
  }
}
