package dev.caretaker.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.operator.PipelineSight;
import dev.caretaker.operator.RealPipelines;
import dev.caretaker.operator.SecretReader;
import dev.caretaker.operator.Secrets;
import dev.caretaker.pipeline.PipelineProgress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the API server has and allows; the reviews that it answers store nothing. */
public final class KubernetesFindings {
  private static final String CRD = "crd";
  private static final String CLOCK = "apiserver-clock";
  private static final String WORKLOAD = "workload";
  private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(EsCluster.class, EtlPipeline.class, SpotFleet.class);
  private static final int FORBIDDEN = 403;
  private static final String INSTALL = "./caretaker crds | kubectl apply --server-side -f -";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An API server writes 1 where a file says 1.0. */
  private static final Comparator<JsonNode> NUMBERS =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? Double.compare(one.asDouble(), other.asDouble())
              : one.equals(other) ? 0 : 1;

  private final KubernetesClient client;
  private final OperatorAccount account;
  private final Duration within;
  private final Clock clock;

  public KubernetesFindings(
      KubernetesClient client, OperatorAccount account, Duration within, Clock clock) {
    this.client = client;
    this.account = account;
    this.within = within;
    this.clock = clock;
  }

  /** What is said of a server that does not answer. */
  public static Finding unreached(KubernetesClient client, String cause) {
    return Finding.failed(
        "apiserver",
        client.getMasterUrl().toString(),
        "it does not answer as expected: " + cause,
        "see --kubeconfig and --context; kubectl get --raw /version");
  }

  /** What is the same for all EsClusters. */
  public List<Finding> ofServer() {
    var findings = new ArrayList<Finding>();
    findings.add(time());
    KINDS.forEach(kind -> findings.add(definition(kind)));
    findings.addAll(new RbacFindings(client, account).atHome());
    return findings;
  }

  /** The Secrets that a spec names; what cannot be read is missing. */
  public Secrets secrets(String namespace, EsAccess access) {
    return new SecretReader(client).read(namespace, access.secrets(), Secrets.NONE);
  }

  /** What one EsCluster needs. */
  public List<Finding> beside(String namespace, EsAccess access, Secrets secrets) {
    var findings = new ArrayList<>(SecretFindings.of(access, namespace, secrets));
    findings.addAll(new RbacFindings(client, account).beside(namespace, access.secrets()));
    return findings;
  }

  /** What one SpotFleet needs. */
  public List<Finding> beside(String namespace, FleetCare care) {
    var findings = new ArrayList<>(new RbacFindings(client, account).beside(namespace, List.of()));
    care.cluster().ifPresent(each -> findings.add(cluster(namespace, each.name())));
    return findings;
  }

  /** What one EtlPipeline needs: its neighbours, tables and machines, looked at from here. */
  public List<Finding> beside(
      EtlPipeline resource, String namespace, PipelineCare care, PipelineExamination examination) {
    var secrets = care.access().way().secrets();
    var findings = new ArrayList<>(new RbacFindings(client, account).beside(namespace, secrets));
    try (var ways = new RealPipelines()) {
      var name = resource.getMetadata().getName();
      var sight = new PipelineSight(ways);
      var seen = sight.look(client, namespace, name, care, PipelineProgress.NONE);
      findings.addAll(examination.of(seen.policy(), seen.view()));
    }
    return findings;
  }

  private Finding cluster(String namespace, String name) {
    var found = client.resources(EsCluster.class).inNamespace(namespace).withName(name).get();
    return found == null
        ? Finding.failed(
            WORKLOAD,
            name,
            "there is no such EsCluster in " + namespace + ", so that no machine is given back",
            "create it, or correct spec.workload.esCluster")
        : Finding.ok(WORKLOAD, name, "there");
  }

  private Finding definition(Class<? extends CustomResource<?, ?>> kind) {
    var name = CustomResource.getCRDName(kind);
    try {
      var stored = client.apiextensions().v1().customResourceDefinitions().withName(name).get();
      if (stored == null) {
        return Finding.failed(CRD, name, "it is not installed", INSTALL);
      }
      return schema(stored).equals(NUMBERS, schema(ours(name)))
          ? Finding.ok(CRD, name, "the one of this version of Caretaker")
          : Finding.failed(
              CRD, name, "it is of another version of Caretaker than this program", INSTALL);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != FORBIDDEN) {
        throw refused;
      }
      return Finding.skipped(CRD, name, "you may not read it");
    }
  }

  private static JsonNode schema(CustomResourceDefinition crd) {
    var version = HasMetadata.getVersion(EsCluster.class);
    var schema = JSON.createArrayNode();
    crd.getSpec().getVersions().stream()
        .filter(each -> each.getName().equals(version))
        .forEach(each -> schema.add(JSON.<JsonNode>valueToTree(each.getSchema())));
    return schema;
  }

  private static CustomResourceDefinition ours(String name) {
    try (InputStream file =
        KubernetesFindings.class.getResourceAsStream("/crds/" + name + "-v1.yml")) {
      if (file == null) {
        throw new IllegalStateException("not built with the CRD " + name);
      }
      return Serialization.unmarshal(file, CustomResourceDefinition.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Finding time() {
    var about = client.getMasterUrl().toString();
    var asked = clock.instant();
    try {
      return shown()
          .map(at -> Clocks.compare(CLOCK, about, at, asked, clock.instant()))
          .orElseGet(() -> Finding.skipped(CLOCK, about, "it does not tell the time"));
    } catch (ExecutionException | TimeoutException | DateTimeException failed) {
      return Finding.skipped(CLOCK, about, "it did not tell the time: " + failed);
    }
  }

  private Optional<Instant> shown() throws ExecutionException, TimeoutException {
    var http = client.getHttpClient();
    var request = http.newHttpRequestBuilder().uri(client.getMasterUrl() + "version").build();
    var running = http.sendAsync(request, String.class);
    try {
      var answer = running.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(answer.header("Date"))
          .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopping);
    }
  }
}
