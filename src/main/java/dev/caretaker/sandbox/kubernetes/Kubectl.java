package dev.caretaker.sandbox.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real kubectl, as a person of all rights runs it.
 *
 * @param kubeconfig says which server, and who asks
 */
public record Kubectl(Path program, Path kubeconfig) {

  /** The one of a server's own version. */
  public static Kubectl of(ApiServer server) {
    return new Kubectl(server.kubectl(), server.kubeconfig());
  }

  /**
   * What it printed, both streams.
   *
   * @throws IOException with that text where it did not end well
   */
  public String run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.add("--kubeconfig=" + kubeconfig);
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("kubectl " + String.join(" ", arguments) + ": " + text);
    }
    return text;
  }
}
