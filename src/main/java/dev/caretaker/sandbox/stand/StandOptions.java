package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.ClusterShape;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineOptions.Placement;
import dev.caretaker.sandbox.engine.EngineOptions.Traces;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a sandbox is made of.
 *
 * @param directory where all its files are
 * @param traces whether the data stay there for the next sandbox
 */
public record StandOptions(
    EngineKind engine,
    ClusterShape shape,
    Path directory,
    Traces traces,
    Placement placement,
    KubernetesChoice kubernetes,
    HostsChoice hosts,
    OperatorChoice operator,
    ObjectsChoice objects) {

  /** Whether there is an S3 to look at; fetching and starting it takes time. */
  public enum ObjectsChoice {
    /** A real S3Proxy. */
    S3PROXY,
    /** None: an operator that asks for a bucket gets no answer. */
    NONE
  }

  /** What the operator may do, and who brings its EsCluster. */
  public enum OperatorChoice {
    /** Everything, through a recorder; the sandbox applies the example. */
    RECORDED,
    /** What the manifests allow it, with an audit log; the EsCluster comes from a scenario. */
    FROM_MANIFESTS;

    /**
     * The server that it runs on.
     *
     * @throws IllegalArgumentException where the chosen one has no audit log to read
     */
    public KubernetesChoice server(KubernetesChoice chosen) {
      if (this == RECORDED) {
        return chosen;
      }
      return switch (chosen) {
        case APISERVER, AUTO -> KubernetesChoice.APISERVER;
        case KUBECONFIG, EMBEDDED ->
            throw new IllegalArgumentException(
                "--scenario gitops reads an audit log: it needs --kubernetes apiserver");
      };
    }
  }

  /** Who runs the nodes. */
  public enum HostsChoice {
    /** A keeper, which the operator talks to. */
    LOCAL,
    /** A supervisord behind sshd. */
    SSH;

    /**
     * The choice with this name on the command line.
     *
     * @throws IllegalArgumentException with the names that there are
     */
    public static HostsChoice named(String word) {
      return choice(values(), word, "hosts");
    }
  }

  private static <E extends Enum<E>> E choice(E[] all, String word, String what) {
    for (var each : all) {
      if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
        return each;
      }
    }
    var words = Arrays.stream(all).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    throw new IllegalArgumentException("no %s '%s'; there are %s".formatted(what, word, words));
  }

  /** Which API server. */
  public enum KubernetesChoice {
    /** A real one where its programs are found or can be fetched, else the one in this JVM. */
    AUTO,
    /** A real one of our own, or none. */
    APISERVER,
    /** The one that the user's kubeconfig names. */
    KUBECONFIG,
    /** The mock server in this JVM. */
    EMBEDDED;

    /**
     * The choice with this name on the command line.
     *
     * @throws IllegalArgumentException with the names that there are
     */
    public static KubernetesChoice named(String word) {
      return choice(values(), word, "API server");
    }
  }
}
