package dev.caretaker.sandbox;

import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.stand.Stand;
import java.io.PrintWriter;

/** The terminal, one whole line at a time whatever thread writes. */
final class Screen {

  private static final String BOUNCE = "{\"restartedAt\":\"'$(date -u +%FT%TZ)'\"}";
  private static final String DRAIN = "{\"excludeNodes\":[\"spot1\"]}";

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
    var name = stand.example().name();
    line("");
    for (EngineNode node : stand.cluster().nodes()) {
      line("  %-12s %s  (zone %s)".formatted(node.name(), node.url(), node.zone()));
    }
    line("  kubernetes   " + stand.control().sentence());
    line("  metrics      " + stand.metrics());
    line("  operator log " + stand.operator().log());
    stand
        .control()
        .kubeconfig()
        .ifPresent(
            kubeconfig -> {
              var kubectl = stand.control().kubectl().map(Object::toString).orElse("kubectl");
              line("");
              line("Try in a second terminal:");
              line("  export KUBECONFIG=" + kubeconfig);
              line("  " + kubectl + " get esc -o wide");
              line("  " + kubectl + " describe esc " + name);
              line("  " + patch(kubectl, name, "rollout", BOUNCE));
              line("  " + patch(kubectl, name, "allocation", DRAIN));
            });
    line("");
  }

  private static String patch(String kubectl, String name, String field, String value) {
    return "%s patch esc %s --type merge -p '{\"spec\":{\"%s\":%s}}'"
        .formatted(kubectl, name, field, value);
  }
}
