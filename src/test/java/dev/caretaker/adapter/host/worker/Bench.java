package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.host.worker.WorkerScripts.Known;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.action.PipelineAction.RemoveFiles;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scripts, run by this machine's own shell in a directory of its own. */
final class Bench implements AutoCloseable {
  static final WorkerHost HOST =
      new WorkerHost(new WorkerId("w1"), Optional.empty(), Utility.of("1"), true);

  final Path code;
  final Program program;
  private final Place place;
  private final WorkerScripts scripts = new WorkerScripts(SupervisorAccess.DEFAULT);
  private final Shell shell = new LocalShell(Duration.ofSeconds(30));

  Bench(Path directory) throws PortException {
    this.code = directory.resolve("etl-w1");
    this.program = new Program("etl", Optional.of(directory.resolve("etl-{worker}").toString()));
    this.place = Place.of(program, HOST.id());
  }

  /** Where the scripts keep what they know. */
  Path state() {
    return Path.of(code + ".caretaker");
  }

  WorkerAnswer run(String script) throws PortException {
    return WorkerAnswer.of(shell.run(Map.of(HOST, script)).values().iterator().next());
  }

  WorkerAnswer read() throws PortException {
    return read("", 0);
  }

  /** While a program runs that somebody else supervises. */
  WorkerAnswer read(String incarnation, long bornAt) throws PortException {
    return run(scripts.read(place, new Known(incarnation, bornAt)));
  }

  void note(String incarnation) throws PortException {
    run(scripts.note(place, new Known(incarnation, 1)));
  }

  void ready() throws PortException {
    run(scripts.ready(place));
  }

  void begin(String job, Code wanted) throws PortException {
    run(scripts.update(place, new UpdateCode(HOST, job, program, wanted)));
  }

  void begin(String job, String command) throws PortException {
    run(scripts.trial(place, new RunTrial(HOST, job, program, command)));
  }

  /** Begins and waits for it. */
  JobView update(String job, Code wanted) throws Exception {
    begin(job, wanted);
    return ended(job);
  }

  JobView ended(String job) throws Exception {
    for (int look = 0; look < 60; look++) {
      var seen = read().job();
      if (seen.filter(each -> each.id().equals(job) && !each.isRunning()).isPresent()) {
        return seen.get();
      }
    }
    throw new AssertionError(job + " does not end: " + read());
  }

  void remove(long bornAt, String... paths) throws PortException {
    var known = bornAt == 0 ? new Known("", 0) : new Known("1@2", bornAt);
    run(scripts.remove(place, known, new RemoveFiles(HOST, program, List.of(paths))));
  }

  void stands(Code wanted) throws PortException {
    assertThat(read().revision("revision")).contains(wanted.revision());
  }

  @Override
  public void close() {
    shell.close();
  }
}
