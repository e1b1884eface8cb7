package dev.caretaker.adapter.host.worker;

import dev.caretaker.pipeline.action.PipelineAction.RemoveFiles;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.port.PortException;
import java.util.regex.Pattern;

/** Every question and every change, as the script that asks for it on the machine itself. */
final class WorkerScripts {
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,150}");

  /** What git could read as an option or a pattern is no name of ours. */
  private static final Pattern GIT_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]*");

  private final SupervisorAccess access;

  WorkerScripts(SupervisorAccess access) {
    this.access = access;
  }

  /**
   * What somebody else than supervisord says of the program.
   *
   * @param incarnation empty while none runs
   * @param bornAt in seconds since 1970
   */
  record Known(String incarnation, long bornAt) {}

  private Script on(Place place) {
    return start(place, place.program()).with("given", "").with("born", "").part("common.sh");
  }

  private Script on(Place place, Known known) {
    return start(place, "")
        .with("given", known.incarnation())
        .with("born", known.incarnation().isEmpty() ? "" : Long.toString(known.bornAt()))
        .part("common.sh");
  }

  private Script start(Place place, String program) {
    return new Script()
        .with("program", program)
        .with("dir", place.directory())
        .with("key", place.key(program.isEmpty()))
        .with("sudo", access.sudo() ? "yes" : "")
        .with("configuration", access.configuration().orElse(""));
  }

  String read(Place place) {
    return on(place).part("read.sh").whole();
  }

  String read(Place place, Known known) {
    return on(place, known).part("read.sh").whole();
  }

  String start(Place place) {
    return on(place).part("start.sh").whole();
  }

  /** Whether a program that somebody else supervises may be started. */
  String ready(Place place) {
    return on(place, new Known("", 0)).part("ready.sh").whole();
  }

  /** That such a program was just started. */
  String note(Place place, Known known) {
    return on(place, known).part("note.sh").whole();
  }

  String stop(Place place, String incarnation) {
    return new Script().with("meant", incarnation).body() + on(place).part("stop.sh").whole();
  }

  String update(Place place, UpdateCode action) throws PortException {
    var code = action.code();
    var body =
        on(place)
            .with("repository", repository(code))
            .with("branch", gitName(code.branch()))
            .with("wanted", gitName(code.revision().value()))
            .part("update.sh");
    return begin(place, action.job(), body.body());
  }

  private static String repository(Code code) throws PortException {
    var repository = code.repository();
    // "ext::" runs any command.
    if (repository.startsWith("-") || repository.contains("::") || repository.isBlank()) {
      throw Place.refused("no address of a repository: " + repository);
    }
    return repository;
  }

  private static String gitName(String name) throws PortException {
    if (!GIT_NAME.matcher(name).matches() || name.contains("..")) {
      throw Place.refused("no name of a branch or revision: " + name);
    }
    return name;
  }

  String trial(Place place, RunTrial action) throws PortException {
    var body = new Script().with("CARETAKER_WORKER", place.worker().value());
    body.line("export CARETAKER_WORKER");
    if (!place.directory().isEmpty()) {
      body.line("cd " + Script.quoted(place.directory()) + " || exit 1");
    }
    body.line(action.command());
    return begin(place, action.job(), body.body());
  }

  private String begin(Place place, String job, String body) throws PortException {
    if (!JOB.matcher(job).matches()) {
      throw Place.refused("no name of a job: " + job);
    }
    return on(place).with("id", job).with("body", body).part("begin.sh").whole();
  }

  String remove(Place place, RemoveFiles action) throws PortException {
    return remove(on(place), place, action);
  }

  String remove(Place place, Known known, RemoveFiles action) throws PortException {
    return remove(on(place, known), place, action);
  }

  private static String remove(Script script, Place place, RemoveFiles action)
      throws PortException {
    script.part("remove.sh");
    for (var path : action.paths()) {
      var filled = path.replace(Place.WORKER, place.worker().value());
      int slash = filled.lastIndexOf('/');
      var directory = Place.whole(filled.substring(0, Math.max(0, slash)));
      var pattern = filled.substring(slash + 1);
      if (directory.matches(".*[*?\\[\\]].*") || !isPattern(pattern)) {
        throw Place.refused(
            "not removed: " + path + ": only the last part may hold wildcards, and not only those");
      }
      script.line("remove " + Script.quoted(directory) + " " + Script.quoted(pattern));
    }
    return script.line("echo end").whole();
  }

  private static boolean isPattern(String pattern) {
    return pattern.matches(".*[A-Za-z0-9].*")
        && !pattern.startsWith(".")
        && pattern.chars().noneMatch(Character::isISOControl);
  }
}
