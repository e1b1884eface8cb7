package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.port.PortException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory is at a revision, or it is at none: nothing runs on half of one. */
class UpdateScriptTest {
  private Path directory;
  private Repository repository;
  private Revision first;
  private Revision second;
  private Bench bench;

  @BeforeEach
  void prepare(@TempDir Path directory) throws Exception {
    this.directory = directory;
    repository = Repository.make(directory.resolve("it's a repository"));
    first = repository.commit("etl.py", "one");
    second = repository.commit("etl.py", "two");
    bench = new Bench(directory);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void shouldCloneWhatIsNotThere() throws Exception {
    assertThat(bench.read().revision("revision")).isEmpty();

    var job = bench.update("u1", repository.code(first));

    assertThat(job.succeeded()).as(job.output()).isTrue();
    bench.stands(repository.code(first));
    assertThat(bench.code.resolve("etl.py")).hasContent("one");
    bench.ready();
  }

  @Test
  void shouldGoForwardAndBack() throws Exception {
    bench.update("u1", repository.code(second));
    assertThat(bench.code.resolve("etl.py")).hasContent("two");

    bench.update("u2", repository.code(first));

    bench.stands(repository.code(first));
    assertThat(bench.code.resolve("etl.py")).hasContent("one");
  }

  @Test
  void shouldPutBackWhatSomebodyChangedAndKeepWhatIsNotOfTheCode() throws Exception {
    bench.update("u1", repository.code(first));
    Files.writeString(bench.code.resolve("etl.py"), "tried something");
    Files.writeString(bench.code.resolve("settings.local"), "secret");

    var job = bench.update("u2", repository.code(second));

    assertThat(job.succeeded()).as(job.output()).isTrue();
    assertThat(bench.code.resolve("etl.py")).hasContent("two");
    assertThat(bench.code.resolve("settings.local")).hasContent("secret");
  }

  @Test
  void shouldSayThatARevisionDoesNotExistAndLeaveTheOldOne() throws Exception {
    bench.update("u1", repository.code(first));

    var job = bench.update("u2", repository.code(new Revision("0".repeat(39) + "1")));

    assertThat(job.exitCode()).hasValue(1);
    assertThat(job.output()).contains("there is no revision 0000").contains("on branch main");
    bench.stands(repository.code(first));
    bench.ready();
  }

  @Test
  void shouldRefuseARevisionOfAnotherBranch() throws Exception {
    repository.git("checkout", "-q", "-b", "side");
    var aside = repository.commit("etl.py", "three");
    repository.git("checkout", "-q", "main");

    assertThat(bench.update("u1", repository.code("side", aside)).succeeded()).isTrue();
    var job = bench.update("u2", repository.code(aside));

    assertThat(job.output()).contains("is not on branch main");
  }

  @Test
  void shouldSayThatABranchCannotBeFetched() throws Exception {
    var job = bench.update("u1", repository.code("nosuch", first));

    assertThat(job.succeeded()).isFalse();
    assertThat(job.output()).contains("branch nosuch").contains("cannot be fetched");
  }

  @Test
  void shouldNotTouchADirectoryThatHoldsSomethingElse() throws Exception {
    Files.createDirectories(bench.code);
    Files.writeString(bench.code.resolve("thesis.tex"), "years");

    var job = bench.update("u1", repository.code(first));

    assertThat(job.output()).contains("something else than a clone");
    assertThat(bench.code.resolve("thesis.tex")).hasContent("years");
  }

  @Test
  void shouldTakeHalfAnUpdateForNone() throws Exception {
    bench.update("u1", repository.code(first));
    Files.writeString(bench.state().resolve("updating"), second + "\n");

    assertThat(bench.read().revision("revision")).isEmpty();
    assertThatThrownBy(bench::ready).hasMessageContaining("half of one");
    bench.update("u2", repository.code(first));

    bench.stands(repository.code(first));
    bench.ready();
  }

  /** What stands there is compared with what was asked for, and a tag was. */
  @Test
  void shouldGiveARevisionTheNameItWasAskedForUnder() throws Exception {
    repository.git("tag", "v1.2");
    var tagged = repository.code(new Revision("v1.2"));

    bench.update("u1", tagged);
    bench.stands(tagged);
    bench.update("u2", repository.code(new Revision(second.value().substring(0, 10))));

    bench.stands(repository.code(new Revision(second.value().substring(0, 10))));
    // Somebody went elsewhere by hand: the name no longer tells.
    new Repository(bench.code).git("checkout", "-q", first.value());
    assertThat(bench.read().revision("revision")).contains(first);
  }

  @Test
  void shouldUpdateAShallowClone() throws Exception {
    new Repository(directory)
        .git(
            "clone",
            "-q",
            "--depth",
            "1",
            repository.directory().toUri().toString(),
            bench.code.toString());

    var job = bench.update("u1", repository.code(first));

    assertThat(job.succeeded()).as(job.output()).isTrue();
    bench.stands(repository.code(first));
  }

  @Test
  void shouldSayWhatGitCannotTell() throws Exception {
    Files.createDirectories(bench.code.resolve(".git"));

    assertThat(bench.read().text("doubt")).isPresent();
    assertThat(bench.read().revision("revision")).isEmpty();
  }

  @Test
  void shouldKnowOnWhichCodeAProgramBegan() throws Exception {
    bench.update("u1", repository.code(first));
    bench.note("10@20");
    bench.update("u2", repository.code(second));
    long now = Instant.now().getEpochSecond();

    assertThat(bench.read("10@20", now - 60).revision("started")).contains(first);
    // Another run, from before the update: nobody knows.
    assertThat(bench.read("11@30", now - 60).revision("started")).isEmpty();
    // And one that began after it, whoever started it.
    assertThat(bench.read("12@40", now + 60).revision("started")).contains(second);
    assertThat(bench.read().revision("started")).isEmpty();
  }

  @Test
  void neverTakesANameForAnOption() {
    for (var name : new String[] {"--upload-pack=touch x", "-b", "a b", "x;y", "$(id)", "a..b"}) {
      var wanted = repository.code(new Revision(name));
      assertThatThrownBy(() -> bench.begin("u1", wanted)).isInstanceOf(PortException.class);
      assertThatThrownBy(() -> bench.begin("u1", repository.code(name, first)))
          .isInstanceOf(PortException.class);
    }
    for (var address : new String[] {"ext::sh -c id", "--upload-pack=id", ""}) {
      var code = repository.code(first);
      var odd =
          new Code(
              address,
              "main",
              first,
              1,
              code.spareAboveCpu(),
              code.spareFor(),
              Code.OnFailure.REPORT);
      assertThatThrownBy(() -> bench.begin("u1", odd)).isInstanceOf(PortException.class);
    }
    assertThat(bench.state()).doesNotExist();
  }
}
