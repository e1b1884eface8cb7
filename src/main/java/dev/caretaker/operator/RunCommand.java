package dev.caretaker.operator;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the operator until it is told to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the operator: cares for every EsCluster that it sees.")
public final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Option(
      names = "--kubeconfig",
      description = "The kubeconfig file; default: KUBECONFIG, ~/.kube/config, or in-cluster.")
  private @Nullable Path kubeconfig;

  @Option(names = "--context", description = "The context of the kubeconfig.")
  private @Nullable String context;

  @Option(
      names = {"-n", "--namespaces"},
      split = ",",
      description = "Namespaces to watch, separated by commas; default: all.")
  private Set<String> namespaces = Set.of();

  @Option(names = "--leader-election", description = "Let only one of several processes act.")
  private boolean leaderElection;

  @Option(
      names = "--leader-election-namespace",
      defaultValue = "default",
      description = "Where the Lease is; default: ${DEFAULT-VALUE}.")
  private String leaseNamespace = "default";

  @Option(
      names = "--identity",
      description = "This process's name in the Lease, stable over restarts; default: host name.")
  private @Nullable String identity;

  @Option(
      names = "--health-host",
      defaultValue = "127.0.0.1",
      description = "Address of metrics and health; default: ${DEFAULT-VALUE}.")
  private String healthHost = "127.0.0.1";

  @Option(
      names = "--health-port",
      defaultValue = "8080",
      description = "Port of metrics and health; 0 takes a free one; default: ${DEFAULT-VALUE}.")
  private int healthPort;

  @Option(
      names = "--log-format",
      defaultValue = "TEXT",
      description = "text or json; default: text.")
  private LogFormat logFormat = LogFormat.TEXT;

  @Override
  public Integer call() throws IOException, InterruptedException {
    logFormat.apply();
    OperatorRun run;
    try {
      var client =
          new KubernetesClientBuilder().withConfig(Kubeconfig.load(kubeconfig, context)).build();
      var aws = new RealMarkets();
      run = new OperatorRun(client, new RealConnector(), aws, aws, new RealPipelines(), settings());
    } catch (OperatorException | KubernetesClientException failure) {
      LOG.error(
          "The operator could not start: {}. Is the API server reachable, and are the CRDs there"
              + " (caretaker crds | kubectl apply -f -)?",
          Causes.of(failure));
      return CommandLine.ExitCode.SOFTWARE;
    }
    LOG.info(
        "Caring for EsClusters, SpotFleets and EtlPipelines in {}; health on http://{}:{}",
        namespaces.isEmpty() ? "all namespaces" : namespaces,
        healthHost,
        run.healthPort());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("Stopping; holds stay in place for the next one");
                  run.close();
                },
                "stop"));
    run.awaitLoss();
    LOG.error("Another process may lead now, so this one ends; started again it waits its turn");
    return CommandLine.ExitCode.SOFTWARE;
  }

  private OperatorSettings settings() throws IOException {
    var election =
        leaderElection
            ? Optional.of(
                new OperatorSettings.Election(
                    leaseNamespace,
                    "caretaker-operator",
                    identity == null ? InetAddress.getLocalHost().getHostName() : identity))
            : Optional.<OperatorSettings.Election>empty();
    return new OperatorSettings(
        namespaces, new InetSocketAddress(healthHost, healthPort), election);
  }
}
