package dev.caretaker.adapter.host.ssh;

import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** One node's program on one machine. */
final class SupervisedProgram {
  private final Connections connections;
  private final SshSettings settings;
  private final Supervision supervision;
  private final Target target;
  private final String program;

  SupervisedProgram(Connections connections, SshSettings settings, Target target, String program) {
    this.connections = connections;
    this.settings = settings;
    this.supervision = settings.process().supervision();
    this.target = target;
    this.program = program;
  }

  /**
   * What its supervisor and its machine say of it.
   *
   * @throws PortException where they could not be asked
   */
  Observed<HostProcess> read() throws PortException {
    var seen = sighting();
    if (seen instanceof Observed.Unknown<Sighting> unknown) {
      return Observed.unknown(unknown.cause());
    }
    var sighting = ((Observed.Known<Sighting>) seen).value();
    if (sighting instanceof Sighting.Lives lives) {
      return identity(lives).map(is -> process(HostProcess.State.RUNNING, Optional.of(is)));
    }
    var state =
        sighting instanceof Sighting.Stopped ? HostProcess.State.STOPPED : HostProcess.State.DIED;
    return Observed.known(process(state, Optional.empty()));
  }

  private HostProcess process(HostProcess.State state, Optional<ProcessIdentity> is) {
    var disk = disk();
    return new HostProcess(
        state,
        is.map(ProcessIdentity::incarnation),
        is.map(ProcessIdentity::startedAt),
        disk.map(DiskSpace::total),
        disk.map(DiskSpace::free));
  }

  /**
   * Stops the process that was meant; nothing happens where none runs or it is about to end.
   *
   * @throws PortException REFUSED also where another process runs, or nobody knows which
   */
  void stop(String incarnation) throws PortException {
    var sighting = known(sighting());
    if (!(sighting instanceof Sighting.Lives lives)) {
      return;
    }
    var runs = known(identity(lives)).incarnation();
    if (!runs.equals(incarnation)) {
      throw new PortException(
          Kind.REFUSED,
          "%s on %s runs as another incarnation, %s, than %s"
              .formatted(program, target, runs, incarnation));
    }
    if (!lives.stopping()) {
      change(supervision.stop(program), supervision::stopComplaint, SupervisedProgram::ends);
    }
  }

  /**
   * Starts it; nothing happens where it runs.
   *
   * @throws PortException REFUSED also where it is still about to end
   */
  void start() throws PortException {
    if (known(sighting()) instanceof Sighting.Lives lives) {
      if (lives.stopping()) {
        throw new PortException(
            Kind.REFUSED, program + " on " + target + " is still stopping; it is asked again");
      }
      return;
    }
    change(
        supervision.start(program),
        supervision::startComplaint,
        sighting -> sighting instanceof Sighting.Lives);
  }

  /** What the machine's clock shows. */
  Observed<Instant> clock() throws PortException {
    return ask(
        RemoteCommand.of("date", "+%s"),
        answer -> {
          var text = answer.output().strip();
          return answer.ok() && text.matches("\\d{1,12}")
              ? Observed.known(Instant.ofEpochSecond(Long.parseLong(text)))
              : Observed.unknown("date tells no time: " + answer.brief());
        });
  }

  /**
   * Whether it may be stopped and started, as far as that can be asked: sudo lists what it allows.
   * Who may ask supervisord without sudo may also command it.
   */
  Observed<Boolean> mayRestart() throws PortException {
    if (!settings.process().sudo()) {
      return supervision instanceof Supervisorctl
          ? Observed.known(true)
          : Observed.unknown("without sudo polkit decides, and only a stop would tell");
    }
    for (var command : List.of(supervision.stop(program), supervision.start(program))) {
      var allowed = ask(command.listed(), answer -> Observed.known(answer.ok()));
      if (!allowed.equals(Observed.known(true))) {
        return allowed;
      }
    }
    return Observed.known(true);
  }

  private static boolean ends(Sighting sighting) {
    return !(sighting instanceof Sighting.Lives lives) || lives.stopping();
  }

  /** Supervisors answer when it is done, which may take minutes: then they are asked instead. */
  private void change(
      RemoteCommand command,
      BiFunction<String, Answer, Optional<Complaint>> complaint,
      Predicate<Sighting> underWay)
      throws PortException {
    var outcome = connections.run(target, command, settings.timeouts().change());
    if (outcome instanceof Outcome.Answered answered) {
      var why = complaint.apply(program, answered.answer());
      if (why.isPresent()) {
        throw new PortException(why.get().kind(), "on " + target + ": " + why.get().sentence());
      }
    } else if (outcome instanceof Outcome.Unanswered silent && !isSeen(underWay)) {
      throw new PortException(
          Kind.UNKNOWN_OUTCOME, silent.why() + ", and the supervisor does not show it under way");
    }
  }

  private boolean isSeen(Predicate<Sighting> wanted) {
    try {
      return sighting().ifKnown().filter(wanted).isPresent();
    } catch (PortException notAsked) {
      return false;
    }
  }

  /** Nothing may be done to what is not known. */
  private static <T> T known(Observed<T> observed) throws PortException {
    if (observed instanceof Observed.Known<T> known) {
      return known.value();
    }
    throw new PortException(
        Kind.REFUSED, "nothing was done: " + ((Observed.Unknown<T>) observed).cause());
  }

  private Observed<Sighting> sighting() throws PortException {
    return ask(supervision.status(program), answer -> supervision.sighting(program, answer));
  }

  private Observed<ProcessIdentity> identity(Sighting.Lives lives) throws PortException {
    var pid =
        lives.pid().isPresent()
            ? Observed.known(lives.pid().get())
            : ask(supervision.pid(program), supervision::pid);
    if (pid instanceof Observed.Unknown<Long> unknown) {
      return Observed.unknown(unknown.cause());
    }
    long id = ((Observed.Known<Long>) pid).value();
    return ask(ProcessIdentity.ask(id), answer -> ProcessIdentity.read(id, answer));
  }

  /** The engine tells of its disks itself; this one is for when it is away. */
  private Optional<DiskSpace> disk() {
    try {
      var path = settings.process().dataPath();
      return path.isEmpty()
          ? Optional.empty()
          : ask(DiskSpace.ask(path.get()), DiskSpace::read).ifKnown();
    } catch (PortException notAsked) {
      return Optional.empty();
    }
  }

  private interface Reading<T> {
    Observed<T> of(Answer answer);
  }

  private <T> Observed<T> ask(RemoteCommand question, Reading<T> reading) throws PortException {
    var outcome = connections.run(target, question, settings.timeouts().command());
    if (outcome instanceof Outcome.Unanswered unanswered) {
      return Observed.unknown(unanswered.why());
    }
    var read = reading.of(((Outcome.Answered) outcome).answer());
    return read instanceof Observed.Unknown<T> unknown
        ? Observed.unknown("on " + target + ": " + unknown.cause())
        : read;
  }
}
