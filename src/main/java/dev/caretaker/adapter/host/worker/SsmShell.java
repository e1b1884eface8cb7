package dev.caretaker.adapter.host.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;

/** Scripts by SSM: fifty machines with one call, and as few looks as their answers need. */
final class SsmShell implements Shell {
  private static final Logger log = LoggerFactory.getLogger(SsmShell.class);

  /** What one call of SendCommand takes. */
  private static final int MOST_MACHINES = 50;

  private static final int CALLS_AT_ONCE = 8;
  private static final String DOCUMENT = "AWS-RunShellScript";

  /** Seconds until a command that reached no agent is given up; SSM takes no fewer. */
  private static final int DELIVERY = 30;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
  private static final Set<CommandStatus> UNDER_WAY =
      Set.of(CommandStatus.PENDING, CommandStatus.IN_PROGRESS, CommandStatus.CANCELLING);

  private final SsmClient client;
  private final SsmSettings settings;
  private final SideBySide commands = new SideBySide("ssm-commands", CALLS_AT_ONCE);
  private final SideBySide answers = new SideBySide("ssm-answers", CALLS_AT_ONCE);
  private final CountDownLatch closing = new CountDownLatch(1);

  /** A script for some machines, by their instance ids. */
  private record Batch(String script, List<String> machines) {}

  SsmShell(SsmClient client, SsmSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  @Override
  public SortedMap<WorkerId, Said> run(Map<WorkerHost, String> orders) {
    var batches = batches(orders);
    var said =
        commands.ask(
            batches.entrySet(),
            Map.Entry::getKey,
            batch -> send(batch.getValue()),
            Map.<WorkerId, Said>of());
    var all = new TreeMap<WorkerId, Said>();
    var unasked = new Failed(new PortException(Kind.UNKNOWN_OUTCOME, "shutting down"));
    orders.keySet().forEach(worker -> all.put(worker.id(), unasked));
    said.values().forEach(all::putAll);
    return all;
  }

  private static Map<Integer, Batch> batches(Map<WorkerHost, String> orders) {
    var machines = new LinkedHashMap<String, List<String>>();
    orders.forEach(
        (worker, script) ->
            machines.computeIfAbsent(script, one -> new ArrayList<>()).add(worker.id().value()));
    var batches = new LinkedHashMap<Integer, Batch>();
    machines.forEach(
        (script, all) -> {
          for (int from = 0; from < all.size(); from += MOST_MACHINES) {
            int to = Math.min(all.size(), from + MOST_MACHINES);
            batches.put(batches.size(), new Batch(script, all.subList(from, to)));
          }
        });
    return batches;
  }

  private Map<WorkerId, Said> send(Batch batch) {
    String command;
    try {
      command = order(batch);
    } catch (InvalidInstanceIdException unknown) {
      // One that SSM does not know spoils the whole call: halve it until that one is alone.
      return batch.machines().size() == 1
          ? failed(batch, SsmAnswer.unknownMachine(batch.machines().get(0), unknown))
          : halves(batch);
    } catch (SdkException failed) {
      return failed(batch, SsmAnswer.failure("ssm:SendCommand", settings, failed));
    }
    if (!awaitEnd(command)) {
      giveUp(command);
    }
    var said =
        answers.ask(
            batch.machines(),
            WorkerId::new,
            machine -> answer(command, machine),
            (Said) new Failed(new PortException(Kind.UNKNOWN_OUTCOME, "shutting down")));
    log.debug("{} of {} machines have answered {}", ended(said), said.size(), command);
    return said;
  }

  private static long ended(Map<WorkerId, Said> said) {
    return said.values().stream().filter(Ended.class::isInstance).count();
  }

  private Map<WorkerId, Said> halves(Batch batch) {
    var all = new TreeMap<WorkerId, Said>();
    int middle = batch.machines().size() / 2;
    all.putAll(send(new Batch(batch.script(), batch.machines().subList(0, middle))));
    all.putAll(
        send(new Batch(batch.script(), batch.machines().subList(middle, batch.machines().size()))));
    return all;
  }

  private static Map<WorkerId, Said> failed(Batch batch, PortException why) {
    var all = new TreeMap<WorkerId, Said>();
    batch.machines().forEach(machine -> all.put(new WorkerId(machine), new Failed(why)));
    return all;
  }

  private String order(Batch batch) {
    return client
        .sendCommand(
            request ->
                request
                    .documentName(DOCUMENT)
                    .instanceIds(batch.machines())
                    .comment("Caretaker: a pipeline's workers")
                    // One machine that fails must not keep the others from being asked.
                    .maxConcurrency("100%")
                    .maxErrors("100%")
                    .timeoutSeconds(DELIVERY)
                    .parameters(
                        Map.of(
                            "commands",
                            List.of(batch.script()),
                            "executionTimeout",
                            List.of(Long.toString(settings.patience().toSeconds())))))
        .command()
        .commandId();
  }

  /** Looks at the command as a whole, seldomer and seldomer; false when it has taken too long. */
  private boolean awaitEnd(String command) {
    long end = System.nanoTime() + settings.patience().toNanos();
    var pause = settings.firstPause();
    while (System.nanoTime() < end && !isClosing(pause)) {
      if (hasEnded(command)) {
        return true;
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    return false;
  }

  private boolean isClosing(Duration pause) {
    try {
      return closing.await(pause.toMillis(), MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean hasEnded(String command) {
    try {
      var seen = client.listCommands(request -> request.commandId(command)).commands();
      return !seen.isEmpty() && !UNDER_WAY.contains(seen.get(0).status());
    } catch (SdkException notSeen) {
      log.debug("no look at {}: the next one tells", command, notSeen);
      return false;
    }
  }

  /** What reaches a machine much later was decided on what is then no longer so. */
  private void giveUp(String command) {
    try {
      client.cancelCommand(request -> request.commandId(command));
    } catch (SdkException notCancelled) {
      log.debug("{} was not cancelled: its delivery ends by itself", command, notCancelled);
    }
  }

  private Said answer(String command, String machine) {
    try {
      return SsmAnswer.of(
          client.getCommandInvocation(request -> request.commandId(command).instanceId(machine)));
    } catch (InvocationDoesNotExistException tooEarly) {
      return new Failed(
          new PortException(
              Kind.UNKNOWN_OUTCOME, "SSM knows nothing yet of " + command + " there", tooEarly));
    } catch (SdkException failed) {
      var why = SsmAnswer.failure("ssm:GetCommandInvocation", settings, failed);
      // The script was sent, whatever became of it.
      return new Failed(
          new PortException(Kind.UNKNOWN_OUTCOME, String.valueOf(why.getMessage()), failed));
    }
  }

  @Override
  public void close() {
    closing.countDown();
    commands.close();
    answers.close();
    client.close();
  }
}
