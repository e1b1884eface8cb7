package dev.caretaker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SandboxCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--engine es5 | no engine 'es5'",
        "--nodes backup=two | not ZONE=COUNT",
        "--kubernetes kind | no API server 'kind'",
        "--hosts ssm | no hosts 'ssm'; there are [local, ssh]",
        "--scenario fire | no scenario 'fire'",
        "--scenario drain --awareness --nodes backup=2,spot=1 | needs two spot nodes",
        "--scenario drain --kill-node spot1 | only --scenario bounce kills anything",
        "--scenario spot-storm --hosts ssh | --hosts local only",
        "--scenario spot-storm --nodes backup=2,spot=1 | it buys its spot nodes",
        "--scenario gitops --kubernetes embedded | it needs --kubernetes apiserver",
        "--crash-each-effect | only --scenario bounce kills anything",
        "--scenario drain --twice | only --scenario bounce",
        "--scenario bounce --twice --kill-operator-every 30s | nothing may be killed",
        "--scenario bounce --kill-node spot9 | no node spot9",
        "--scenario bounce --kill-node spot1 --wipe-node spot2 | exclude each other",
        "--scenario bounce --kill-operator-every soon | not a duration",
        "--once | --once needs a --scenario"
      })
  void shouldRefuseWhatItCannotDoBeforeItStartsAnything(String arguments, String sentence) {
    var errors = new StringWriter();
    var command = new CommandLine(new SandboxCommand()).setErr(new PrintWriter(errors));

    int exitCode = command.execute(arguments.split(" ", -1));

    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains(sentence);
  }
}
