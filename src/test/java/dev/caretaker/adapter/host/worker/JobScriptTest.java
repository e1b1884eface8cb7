package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.pipeline.model.Program;
import dev.caretaker.port.PortException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job runs once, whoever lives, and its end is found afterwards. */
class JobScriptTest {
  private Path directory;
  private Bench bench;

  @BeforeEach
  void prepare(@TempDir Path directory) throws Exception {
    this.directory = directory;
    bench = new Bench(directory);
    Files.createDirectories(bench.code);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void shouldHaveNoJobAtFirst() throws Exception {
    var answer = bench.read();

    assertThat(answer.job()).isEmpty();
    assertThat(answer.cpu().orElseThrow()).isBetween(0.0, 1.0);
    assertThat(answer.diskUsed().orElseThrow()).isBetween(0.0, 1.0);
    assertThat(bench.state()).doesNotExist();
  }

  @Test
  void shouldRunInTheDirectoryAndTellHowItEnded() throws Exception {
    bench.begin("t1", "pwd; echo \"$CARETAKER_WORKER\"; echo worse >&2; exit 7");

    var job = bench.ended("t1");
    assertThat(job.exitCode()).hasValue(7);
    assertThat(job.output().lines()).containsExactly(bench.code.toString(), "w1", "worse");
  }

  @Test
  void shouldShowAJobThatRunsAndGoOnWithoutWhoBeganIt() throws Exception {
    bench.begin("t1", "echo begun; while [ ! -e go ]; do sleep 0.1; done; echo done");

    var running = bench.read().job().orElseThrow();
    assertThat(running.isRunning()).isTrue();
    assertThat(running.output()).isEqualTo("begun");
    // What began it is closed, and another one looks.
    bench.close();
    bench = new Bench(directory);
    assertThat(bench.read().job().orElseThrow().isRunning()).isTrue();
    Files.createFile(bench.code.resolve("go"));

    assertThat(bench.ended("t1").succeeded()).isTrue();
  }

  @Test
  void shouldRunOnceHoweverOftenItIsBegun() throws Exception {
    bench.begin("t1", "echo x >>count");
    bench.begin("t1", "echo x >>count");
    bench.ended("t1");
    bench.begin("t1", "echo x >>count");
    bench.ended("t1");

    assertThat(bench.code.resolve("count")).hasContent("x");
  }

  @Test
  void shouldRefuseASecondJobWhileOneRuns() throws Exception {
    bench.begin("t1", "while [ ! -e go ]; do sleep 0.1; done");

    assertThatThrownBy(() -> bench.begin("t2", "true"))
        .isInstanceOfSatisfying(
            PortException.class,
            refused -> assertThat(refused.kind()).isEqualTo(PortException.Kind.REFUSED))
        .hasMessageContaining("another job runs there: t1");
    Files.createFile(bench.code.resolve("go"));
    bench.ended("t1");
    bench.begin("t2", "true");

    assertThat(bench.ended("t2").succeeded()).isTrue();
  }

  @Test
  void shouldFindAJobLostThatAMachineTookWithIt() throws Exception {
    bench.begin("t1", "echo begun; sleep 1000");
    var noted = bench.state().resolve("job/t1/pid");
    var said = bench.state().resolve("job/t1/out");
    for (int look = 0; look < 100 && Repository.text(said).isEmpty(); look++) {
      Thread.sleep(50);
    }
    var words = Files.readString(noted).split(" ", -1);
    var job = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
    job.descendants().forEach(ProcessHandle::destroyForcibly);
    job.destroyForcibly();
    job.onExit().join();
    Files.deleteIfExists(bench.state().resolve("job/t1/exit"));

    var lost = bench.ended("t1");

    assertThat(lost.exitCode()).hasValue(137);
    assertThat(lost.output()).contains("begun").contains("without a word");
    bench.begin("t2", "true");
    assertThat(bench.ended("t2").succeeded()).isTrue();
  }

  /** Another process has the number of a job from before the machine was started anew. */
  @Test
  void neverTakesAnotherProcessForTheJob() throws Exception {
    var job = Files.createDirectories(bench.state().resolve("job/t1"));
    Files.writeString(bench.state().resolve("last"), "t1\n");
    Files.writeString(job.resolve("pid"), ProcessHandle.current().pid() + " 1 00000000\n");

    assertThat(bench.read().job().orElseThrow().exitCode()).hasValue(137);
  }

  @Test
  void shouldShowTheEndOfALongOutput() throws Exception {
    bench.begin("t1", "i=0; while [ $i -lt 3000 ]; do echo \"line $i\"; i=$((i+1)); done");

    var output = bench.ended("t1").output();

    assertThat(output).hasSizeLessThan(4100).endsWith("line 2999");
  }

  @Test
  void shouldTakeAnyCommandAsItIsWritten() throws Exception {
    var odd = "printf '%s\\n' \"it's {{ssm:x}} \\$HOME `echo b`\" 'END' <<'END'\nbody\nEND\n";
    bench.begin("t1", odd);

    assertThat(bench.ended("t1").output().lines()).containsExactly("it's {{ssm:x}} $HOME b", "END");
  }

  @Test
  void neverLetsANameBreakOut() {
    for (var job : new String[] {"../x", "a/b", "", "a b", ".x", "x\ny", "$(id)"}) {
      assertThatThrownBy(() -> bench.begin(job, "true")).isInstanceOf(PortException.class);
    }
    for (var name : new String[] {"", "-x", "a b", "a;id", "$(id)", "a\nb", "*", "a*"}) {
      assertThatThrownBy(() -> Place.of(new Program(name, Optional.empty()), Bench.HOST.id()))
          .as(name)
          .isInstanceOf(PortException.class);
    }
    for (var path : new String[] {"", "etl", "/", "/srv/../etc", "~", "/srv/./x", "/a\nb"}) {
      assertThatThrownBy(() -> Place.of(new Program("etl", Optional.of(path)), Bench.HOST.id()))
          .as(path)
          .isInstanceOf(PortException.class);
    }
  }

  @Test
  void shouldQuoteADirectoryOfAnyName() throws Exception {
    var odd = directory.resolve("a 'b' $(touch x) \"c\" {{d}} é");
    Files.createDirectories(odd);
    var inside = new Bench(odd);
    Files.createDirectories(inside.code);

    inside.begin("t1", "pwd");

    assertThat(inside.ended("t1").output()).isEqualTo(inside.code.toString());
    inside.close();
  }
}
