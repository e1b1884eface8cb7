package dev.caretaker;

import dev.caretaker.command.DoctorCommand;
import dev.caretaker.command.ObserveCommand;
import dev.caretaker.command.PlanCommand;
import dev.caretaker.command.ReplayCommand;
import dev.caretaker.operator.ReleaseCommand;
import dev.caretaker.operator.RunCommand;
import dev.caretaker.sandbox.SandboxCommand;
import dev.caretaker.world.simulation.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: one subcommand for each way to run Caretaker, and nothing else. */
@Command(
    name = "caretaker",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      ObserveCommand.class,
      DoctorCommand.class,
      ReleaseCommand.class,
      CrdsCommand.class,
      SandboxCommand.class,
      SimulateCommand.class,
      ReplayCommand.class
    },
    description =
        "Cares for Elasticsearch on spot machines: declared, explained, without losing data.")
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }
}
