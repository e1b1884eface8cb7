package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.host.worker.Shell.Ended;
import dev.caretaker.pipeline.model.JobView;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkerAnswerTest {
  /** What a job draws over its own line is its output, and says nothing of the machine. */
  @Test
  void shouldTakeWhatIsDrawnOverALineForOutputOfTheJob() throws Exception {
    var said = "disk 10 90\njob trial-1 1\nout 50 %\rdisk full: 99 MB\nend\n";

    var answer = WorkerAnswer.of(new Ended(0, said));

    assertThat(answer.job())
        .isEqualTo(Optional.of(new JobView("trial-1", OptionalInt.of(1), "50 % disk full: 99 MB")));
    assertThat(answer.diskUsed()).hasValue(0.1);
  }
}
