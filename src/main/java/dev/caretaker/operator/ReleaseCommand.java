package dev.caretaker.operator;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.release.Release;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.SpecInForce;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.PortException;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lifts by hand what Caretaker holds in a cluster; no operator needs to run. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Lifts everything that Caretaker holds in a cluster: routing settings, raised replica",
      "counts, its mark. No operator starts anything new there until the request changes.",
      "Name an EsCluster (-n namespace NAME) or the cluster itself (--endpoint URL)."
    })
public final class ReleaseCommand implements Callable<Integer> {
  private static final String SECRET = "given";

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The EsCluster.")
  private @Nullable String name;

  @Option(
      names = {"-n", "--namespace"},
      defaultValue = "default",
      description = "Namespace of the EsCluster; default: ${DEFAULT-VALUE}.")
  private String namespace = "default";

  @Option(names = "--kubeconfig", description = "The kubeconfig file.")
  private @Nullable Path kubeconfig;

  @Option(names = "--context", description = "The context of the kubeconfig.")
  private @Nullable String context;

  @Option(names = "--endpoint", description = "URL of a node; may be given several times.")
  private List<URI> endpoints = List.of();

  @Option(names = "--user", description = "User for the endpoints.")
  private @Nullable String user;

  @Option(names = "--password-file", description = "File that holds the user's password.")
  private @Nullable Path passwordFile;

  @Option(names = "--api-key-file", description = "File that holds an encoded API key.")
  private @Nullable Path apiKeyFile;

  @Option(names = "--ca-file", description = "Certificates (PEM) that the endpoints come from.")
  private @Nullable Path caFile;

  @Option(
      names = "--zone-attribute",
      defaultValue = "zone",
      description = "The node attribute that names zones; default: ${DEFAULT-VALUE}.")
  private String zoneAttribute = "zone";

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (endpoints.isEmpty() == (name == null)) {
      throw new ParameterException(spec.commandLine(), "give a NAME or --endpoint, one of them");
    }
    try (var ports = endpoints.isEmpty() ? byName() : byEndpoint()) {
      return release(ports.engine());
    } catch (KubernetesClientException failure) {
      say("The API server did not answer as expected: " + Causes.of(failure));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int release(EsPort engine) {
    if (!(engine.read(Set.of()) instanceof Observed.Known<ClusterView> known)) {
      say("The cluster cannot be read; nothing was done. " + cause(engine));
      return CommandLine.ExitCode.SOFTWARE;
    }
    var release = Release.of(known.value(), zoneAttribute);
    describe(release);
    if (release.actions().isEmpty() || dryRun) {
      return CommandLine.ExitCode.OK;
    }
    if (!yes) {
      say("Nothing was done: say --yes to do it.");
      return CommandLine.ExitCode.USAGE;
    }
    return perform(release, engine);
  }

  private int perform(Release release, EsPort engine) {
    try {
      for (var action : release.actions()) {
        engine.perform(action);
      }
    } catch (PortException failure) {
      say("Stopped: " + failure.getMessage() + ". Ask again; what was done stays done.");
      return CommandLine.ExitCode.SOFTWARE;
    }
    // An answer proves nothing; what stands there now does.
    var after = engine.read(Set.of()).ifKnown();
    var lifted = after.filter(view -> view.mark().isEmpty()).isPresent();
    say(lifted ? "Done: the mark is gone." : "The mark still stands or cannot be read; ask again.");
    return lifted ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void describe(Release release) {
    release
        .mark()
        .ifPresentOrElse(
            mark ->
                say(
                    "Held by %s: %s, %s (%s)"
                        .formatted(mark.owner(), mark.procedure(), mark.stage(), mark.request())),
            () -> say("Nothing of Caretaker's stands in this cluster."));
    for (var action : release.actions()) {
      if (action instanceof EsAction.SetReplicas set) {
        say("  put back: %s from %d to %d replicas".formatted(set.index(), set.from(), set.to()));
      } else if (action instanceof EsAction.PutSettings put) {
        put.persistent().forEach((key, value) -> say("  " + key + " = " + value.orElse("null")));
      }
    }
    if (!release.away().isEmpty()) {
      say("Nodes that may still be stopped, start them: " + release.away());
    }
    release.left().forEach(line -> say("Left alone, not Caretaker's: " + line));
  }

  private Ports byEndpoint() throws IOException {
    var values = new HashMap<String, String>();
    if (user != null && passwordFile != null) {
      values.put("username", user);
      values.put("password", Files.readString(passwordFile).strip());
    } else if (user != null || passwordFile != null) {
      throw new ParameterException(spec.commandLine(), "--user and --password-file go together");
    }
    if (apiKeyFile != null) {
      values.put("apiKey", Files.readString(apiKeyFile).strip());
    }
    if (caFile != null) {
      values.put("ca.crt", Files.readString(caFile));
    }
    var secret = Optional.of(SECRET);
    var authenticates = user != null || apiKeyFile != null;
    var access =
        new EsAccess(
            endpoints,
            authenticates ? secret : Optional.empty(),
            caFile == null ? Optional.empty() : secret,
            Optional.empty(),
            Duration.ofSeconds(10),
            Optional.empty());
    var secrets = new Secrets(Map.of(SECRET, values), new TreeSet<>());
    return new RealConnector().open(access, zoneAttribute, secrets);
  }

  private Ports byName() {
    var config = Kubeconfig.load(kubeconfig, context);
    try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
      var resource = client.resources(EsCluster.class).inNamespace(namespace).withName(name).get();
      if (resource == null) {
        throw new ParameterException(
            spec.commandLine(), "there is no EsCluster " + namespace + "/" + name);
      }
      var inForce = SpecInForce.of(resource);
      var care =
          inForce
              .care()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "its spec cannot be used; give --endpoint: " + inForce.problems()));
      zoneAttribute = care.policy().zoneAttribute();
      var names = care.access().engineSecrets();
      var secrets = new SecretReader(client).read(namespace, names, Secrets.NONE);
      return new RealConnector().open(care.access(), zoneAttribute, secrets);
    }
  }

  private static String cause(EsPort engine) {
    return engine.read(Set.of()) instanceof Observed.Unknown<ClusterView> unknown
        ? unknown.cause()
        : "It answered the second time: try again.";
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
