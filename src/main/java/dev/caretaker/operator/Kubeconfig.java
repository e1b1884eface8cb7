package dev.caretaker.operator;

import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the way to the API server as kubectl does. */
public final class Kubeconfig {

  private Kubeconfig() {}

  /** The file where one is named; else KUBECONFIG, the home directory, or the pod's own account. */
  public static Config load(@Nullable Path file, @Nullable String context) {
    if (file == null) {
      return Config.autoConfigure(context);
    }
    var config = Config.fromKubeconfig(file.toFile());
    if (context != null) {
      config.setCurrentContext(
          config.getContexts().stream()
              .filter(each -> each.getName().equals(context))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no context " + context)));
    }
    return config;
  }
}
