package dev.caretaker;

import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.SpotFleet;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the CRDs, ready for {@code kubectl apply -f -}. */
@Command(
    name = "crds",
    mixinStandardHelpOptions = true,
    description = "Prints the custom resource definitions, for: kubectl apply -f -")
public final class CrdsCommand implements Callable<Integer> {
  private static final List<Class<? extends CustomResource<?, ?>>> RESOURCES =
      List.of(EsCluster.class, EtlPipeline.class, SpotFleet.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (var resource : RESOURCES) {
      out.print(yaml(resource));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static String yaml(Class<? extends CustomResource<?, ?>> resource) throws IOException {
    var path = "/crds/" + CustomResource.getCRDName(resource) + "-v1.yml";
    try (InputStream file = CrdsCommand.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("not built with " + path);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
