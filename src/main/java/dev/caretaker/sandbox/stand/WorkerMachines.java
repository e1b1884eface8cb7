package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.engine.DirectoryTree;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import dev.caretaker.sandbox.keeper.ProgramState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Machines with an empty disk and a program that nobody has started: {@code run} of a checkout that
 * somebody has to make first.
 */
public final class WorkerMachines implements Machinery {
  private static final String PREFIX = "etl-";

  private final Keeper keeper;
  private final Path directory;
  private final Map<String, String> environment;
  private final Set<String> machines = new ConcurrentSkipListSet<>();

  /**
   * None is there yet.
   *
   * @param directory with a folder for each machine
   * @param environment of each program, beside the machine's id as {@code ETL_WORKER}
   */
  WorkerMachines(Keeper keeper, Path directory, Map<String, String> environment) {
    this.keeper = keeper;
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** The program of a machine as the keeper names it; {@code {worker}} stands for its id. */
  public static String program() {
    return PREFIX + "{worker}";
  }

  /** What each program finds in its environment. */
  Map<String, String> environment() {
    return environment;
  }

  /** Where the code is on a machine's disk. */
  public Path code(String machine) {
    return directory.resolve(machine).resolve("code");
  }

  @Override
  public void boot(String machine) throws IOException {
    var own = new TreeMap<>(environment);
    own.put("ETL_WORKER", machine);
    var log = directory.resolve(machine).resolve("etl.log");
    Files.createDirectories(code(machine));
    keeper.add(new ProgramSpec(PREFIX + machine, List.of("sh", "run"), own, code(machine), log));
    machines.add(machine);
  }

  @Override
  public void lose(String machine) throws IOException, InterruptedException {
    if (machines.remove(machine)) {
      keeper.remove(PREFIX + machine);
      DirectoryTree.remove(directory.resolve(machine));
    }
  }

  @Override
  public boolean runs(String machine) {
    return machines.contains(machine)
        && keeper.state(PREFIX + machine) instanceof ProgramState.Running;
  }
}
