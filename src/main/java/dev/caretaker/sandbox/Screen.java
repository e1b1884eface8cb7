package dev.caretaker.sandbox;

import dev.caretaker.api.EsCluster;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.objects.ObjectStore;
import dev.caretaker.sandbox.stand.Stand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The terminal, one whole line at a time whatever thread writes. */
final class Screen {

  private static final String BOUNCE =
      "{\"spec\":{\"rollout\":{\"restartedAt\":\"'$(date -u +%FT%TZ)'\"}}}";
  private static final String DRAIN = "{\"spec\":{\"allocation\":{\"excludeNodes\":[\"spot1\"]}}}";

  private static final String MERGE = "application/merge-patch+json";

  private final PrintWriter out;

  Screen(PrintWriter out) {
    this.out = out;
  }

  synchronized void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Where everything is, and how to try things in a second terminal. */
  void places(Stand stand) {
    line("");
    for (EngineNode node : stand.cluster().nodes()) {
      line("  %-12s %s  (zone %s)".formatted(node.name(), node.url(), node.zone()));
    }
    line("  kubernetes   " + stand.control().sentence());
    line("  metrics      " + stand.metrics());
    var objects = stand.cloud().objects().map(ObjectStore::endpoint);
    objects.ifPresent(url -> line("  objects      " + url + "  (S3Proxy)"));
    line("  operator log " + stand.operator().log());
    line("");
    line("Try in a second terminal:");
    stand
        .control()
        .kubeconfig()
        .ifPresentOrElse(kubeconfig -> kubectl(stand, kubeconfig), () -> curl(stand));
    objects.ifPresent(
        url -> line("  aws --endpoint-url " + url + " --no-sign-request s3 mb s3://etl"));
    line("  ./caretaker plan -f " + stand.exampleFile() + "   # edit its restartedAt first");
    line("");
  }

  private void kubectl(Stand stand, Path kubeconfig) {
    var name = stand.example().name();
    var program = stand.control().kubectl().map(Object::toString).orElse("kubectl");
    boolean usual = stand.namespace().equals("default");
    var kubectl = usual ? program : program + " -n " + stand.namespace();
    line("  export KUBECONFIG=" + kubeconfig);
    line("  " + kubectl + " get esc -o wide");
    line("  " + kubectl + " describe esc " + name);
    for (var spec : List.of(BOUNCE, DRAIN)) {
      line("  %s patch esc %s --type merge -p '%s'".formatted(kubectl, name, spec));
    }
  }

  /** The mock understands no kubectl, which asks for more than objects. */
  private void curl(Stand stand) {
    var object =
        "%s/apis/%s/namespaces/%s/esclusters/%s"
            .formatted(
                stand.control().operatorUrl(),
                HasMetadata.getApiVersion(EsCluster.class),
                stand.namespace(),
                stand.example().name());
    line("  curl -s " + object);
    for (var spec : List.of(BOUNCE, DRAIN)) {
      line("  curl -s -X PATCH -H 'Content-Type: %s' -d '%s' \\".formatted(MERGE, spec));
      line("    " + object);
    }
  }
}
