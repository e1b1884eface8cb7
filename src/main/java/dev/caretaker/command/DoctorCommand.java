package dev.caretaker.command;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.doctor.Examination;
import dev.caretaker.doctor.Finding;
import dev.caretaker.doctor.FleetExamination;
import dev.caretaker.doctor.KubernetesFindings;
import dev.caretaker.doctor.OperatorAccount;
import dev.caretaker.doctor.PipelineExamination;
import dev.caretaker.doctor.Report;
import dev.caretaker.doctor.ReportJson;
import dev.caretaker.doctor.ReportText;
import dev.caretaker.doctor.SpecFindings;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.operator.Causes;
import dev.caretaker.operator.Secrets;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caretaker doctor}: is everything that the resources need reachable and allowed. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = CommandLine.ExitCode.SOFTWARE,
    description = {
      "Says whether everything that our resources need is reachable and allowed, and what to do",
      "where it is not: endpoints and privileges, hosts, Secrets, RBAC, clocks; EC2's credentials,",
      "actions, subnets, types, template and queue; queues, buckets, tables and workers of",
      "EtlPipelines. It changes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:nothing failed", "1:something failed, or could not be read"})
public final class DoctorCommand implements Callable<Integer> {
  private static final String SERVER = "the API server";
  private static final int NOT_FOUND = 404;

  /** How findings are shown. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = {
        "A file or folder with our resources; may be given several times. Without it:",
        "those of the API server. With it an API server is asked where one is named, or where a",
        "spec names a Secret."
      })
  private List<Path> files = List.of();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Without -f: the resources of all namespaces.")
  private boolean allNamespaces;

  @Option(
      names = "--operator",
      paramLabel = "NAMESPACE/NAME",
      defaultValue = "caretaker-system/caretaker",
      description = "The operator's ServiceAccount (default: ${DEFAULT-VALUE}).")
  private String operator = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long each check may take (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TEXT;

  @Mixin private ClusterReading reading = new ClusterReading();

  @Mixin private Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    try {
      if (timeout < 1) {
        throw new IllegalArgumentException("--timeout is a number of seconds, 1 or more");
      }
      var declared = files.isEmpty() ? Declared.NOTHING : Declared.read(files);
      var reports = asksKubernetes(declared) ? withKubernetes(declared) : withFiles(declared);
      print(reports);
      return reports.stream().anyMatch(Report::failed)
          ? CommandLine.ExitCode.SOFTWARE
          : CommandLine.ExitCode.OK;
    } catch (IOException | IllegalArgumentException e) {
      return terminal.failure(String.valueOf(e.getMessage()));
    } catch (KubernetesClientException e) {
      return terminal.failure("the API server does not answer as expected: " + Causes.of(e));
    }
  }

  private boolean asksKubernetes(Declared declared) {
    return files.isEmpty()
        || reading.namesAnApiServer()
        || declared.clusters().stream()
            .flatMap(each -> reading.parsed(each).value().stream())
            .anyMatch(care -> !care.access().secrets().isEmpty());
  }

  private List<Report> withFiles(Declared declared) {
    return reports(declared, Optional.empty());
  }

  private List<Report> reports(Declared declared, Optional<KubernetesFindings> kubernetes) {
    var reports = new ArrayList<Report>();
    for (var resource : declared.clusters()) {
      reports.add(report(resource, kubernetes));
    }
    for (var resource : declared.fleets()) {
      reports.add(report(resource, kubernetes));
    }
    for (var resource : declared.pipelines()) {
      reports.add(report(resource, kubernetes));
    }
    return reports;
  }

  private List<Report> withKubernetes(Declared declared) {
    try (var client = reading.client()) {
      var account = OperatorAccount.of(operator);
      var kubernetes = new KubernetesFindings(client, account, within(), Clock.systemUTC());
      progress("asking the API server");
      var reports = new ArrayList<Report>();
      try {
        reports.add(new Report(SERVER, kubernetes.ofServer()));
      } catch (KubernetesClientException silent) {
        var finding = KubernetesFindings.unreached(client, Causes.of(silent));
        reports.add(new Report(SERVER, List.of(finding)));
        reports.addAll(withFiles(declared));
        return reports;
      }
      reports.addAll(reports(files.isEmpty() ? stored(client) : declared, Optional.of(kubernetes)));
      return reports;
    }
  }

  private Declared stored(KubernetesClient client) {
    return new Declared(
        stored(client, EsCluster.class),
        stored(client, SpotFleet.class),
        stored(client, EtlPipeline.class));
  }

  private <T extends HasMetadata> List<T> stored(KubernetesClient client, Class<T> kind) {
    var all = client.resources(kind);
    try {
      return (allNamespaces ? all.inAnyNamespace() : all.inNamespace(reading.namespace))
          .list()
          .getItems();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == NOT_FOUND) {
        // Without the CRD there are none, and the check of the CRD has said so.
        return List.of();
      }
      throw refused;
    }
  }

  private Report report(EsCluster resource, Optional<KubernetesFindings> kubernetes) {
    var parsed = reading.parsed(resource);
    var name = reading.name(resource);
    var findings = new ArrayList<>(SpecFindings.of(parsed));
    parsed.value().ifPresent(care -> findings.addAll(examine(resource, care, kubernetes)));
    return new Report(name, findings);
  }

  private Report report(SpotFleet resource, Optional<KubernetesFindings> kubernetes) {
    var fleets = new FleetLook(reading);
    var uid = Optional.ofNullable(resource.getMetadata().getUid()).orElse("");
    var parsed = fleets.parsed(resource, uid);
    var findings = new ArrayList<>(SpecFindings.ofFleet(parsed));
    if (parsed.value().isPresent()) {
      var care = parsed.value().get();
      findings.addAll(
          kubernetes
              .map(each -> each.beside(reading.namespaceOf(resource), care))
              .orElseGet(() -> List.of(SpecFindings.withoutKubernetes())));
      progress("asking EC2 in " + care.region());
      findings.addAll(new FleetExamination(care, within(), Clock.systemUTC()).run());
    }
    return new Report(fleets.name(resource), findings);
  }

  private Report report(EtlPipeline resource, Optional<KubernetesFindings> kubernetes) {
    var pipelines = new PipelineLook(reading);
    var uid = Optional.ofNullable(resource.getMetadata().getUid()).orElse("");
    var parsed = pipelines.parsed(resource, uid);
    var findings = new ArrayList<>(SpecFindings.ofPipeline(parsed));
    if (parsed.value().isPresent()) {
      var care = parsed.value().get();
      progress("asking SQS and S3 in " + care.region());
      var examination = new PipelineExamination(care, within(), Clock.systemUTC());
      findings.addAll(examination.ofAws());
      findings.addAll(
          kubernetes
              .map(each -> each.beside(resource, reading.namespaceOf(resource), care, examination))
              .orElseGet(() -> List.of(SpecFindings.withoutKubernetes())));
    }
    return new Report(pipelines.name(resource), findings);
  }

  private List<Finding> examine(
      EsCluster resource, EsCare care, Optional<KubernetesFindings> kubernetes) {
    var findings = new ArrayList<Finding>();
    var secrets = new Secrets(Map.of(), new TreeSet<>(care.access().secrets()));
    if (kubernetes.isPresent()) {
      var namespace = resource.getMetadata().getNamespace();
      secrets = kubernetes.get().secrets(namespace, care.access());
      findings.addAll(kubernetes.get().beside(namespace, care.access(), secrets));
    } else {
      findings.add(SpecFindings.withoutKubernetes());
    }
    progress(
        "asking %d endpoints and %d hosts of %s"
            .formatted(
                care.access().endpoints().size(),
                care.policy().hosts().size(),
                reading.name(resource)));
    findings.addAll(new Examination(care, secrets, within(), Clock.systemUTC()).run());
    return findings;
  }

  private Duration within() {
    return Duration.ofSeconds(timeout);
  }

  private void progress(String text) {
    if (format == Format.TEXT) {
      terminal.progress(text);
    }
  }

  private void print(List<Report> reports) throws IOException {
    if (format == Format.JSON) {
      terminal.line(ReportJson.text(reports));
      return;
    }
    for (var report : reports) {
      terminal.line(report.subject());
      for (var line : ReportText.lines(report)) {
        var style =
            switch (line.outcome()) {
              case OK -> "fg(green)";
              case SKIPPED -> "faint";
              case WARNING -> "fg(yellow)";
              case FAILED -> "fg(red)";
            };
        terminal.line(line.text(), style);
      }
    }
    terminal.line(ReportText.summary(reports));
  }
}
