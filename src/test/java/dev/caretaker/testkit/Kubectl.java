package dev.caretaker.testkit;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, as a person of all rights runs it. */
public record Kubectl(ApiServer server) {

  /** What it printed, both streams, where it ended well. */
  public String run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(server.kubectl().toString());
    command.add("--kubeconfig=" + server.kubeconfig());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + text);
    }
    return text;
  }
}
