package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.port.Checked;
import dev.caretaker.port.PortException.Kind;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** Whether a launch template is there, and does not claim to be a fleet. */
final class TemplateCheckup {
  private static final String CHECK = "launch-template";
  private static final String ACTION = "ec2:DescribeLaunchTemplateVersions";
  private static final String REMEDY = "correct spec.launchTemplate";

  private final Ec2Clients clients;

  TemplateCheckup(Ec2Clients clients) {
    this.clients = clients;
  }

  List<Checked> look(LaunchTemplate template) {
    var about = template.name() + " version " + template.version();
    try {
      var found =
          clients
              .reads()
              .describeLaunchTemplateVersions(
                  each -> each.launchTemplateName(template.name()).versions(template.version()))
              .launchTemplateVersions();
      return List.of(
          Ec2Checkup.action(ACTION, Optional.empty()),
          found.isEmpty()
              ? Checked.wrong(CHECK, about, "it has no such version", REMEDY)
              : version(about, found.get(0)));
    } catch (SdkException thrown) {
      return failed(about, Ec2Failure.of(ACTION, clients.region(), thrown));
    }
  }

  /** That a template is not there is told only to those who may look. */
  private static List<Checked> failed(String about, Ec2Failure failure) {
    return failure.kind() == Kind.REFUSED
        ? List.of(
            Ec2Checkup.action(ACTION, Optional.empty()),
            Checked.wrong(CHECK, about, failure.sentence(), REMEDY))
        : List.of(
            Ec2Checkup.action(ACTION, Optional.of(failure)),
            Checked.untold(CHECK, about, "it could not be read"));
  }

  /** What people start from it by hand must not look as if a fleet had bought it. */
  private static Checked version(String about, LaunchTemplateVersion version) {
    var data = version.launchTemplateData();
    boolean claims =
        data != null
            && data.tagSpecifications().stream()
                .flatMap(each -> each.tags().stream())
                .anyMatch(each -> each.key().equals(Tags.FLEET));
    return claims
        ? Checked.wrong(
            CHECK,
            about,
            "it tags machines with " + Tags.FLEET + " itself",
            "take that tag out: each purchase brings its own")
        : Checked.well(CHECK, about, "there");
  }
}
