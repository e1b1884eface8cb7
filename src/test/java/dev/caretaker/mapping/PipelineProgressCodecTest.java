package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.testkit.APipeline;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineProgressCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static PipelineProgress some() {
    var pipeline = APipeline.aPipeline("i-1", "i-2").queueHolds(2_000);
    pipeline.passes(20);
    return pipeline.progress;
  }

  @Test
  void shouldComeBackAsItWas() throws JsonProcessingException {
    var progress = some();

    assertThat(stored(progress)).isEqualTo(progress);
    assertThat(stored(PipelineProgress.NONE)).isEqualTo(PipelineProgress.NONE);
  }

  /** Nobody scrolls through hundreds of numbers to come to the conditions. */
  @Test
  void shouldHoldTheFlowInOneText() {
    assertThat(PipelineProgressCodec.encode(some()).path("flow").isTextual()).isTrue();
  }

  @Test
  void shouldReadAFlowThatWasStoredAsAnObject() throws JsonProcessingException {
    var progress = some();
    var node = (ObjectNode) PipelineProgressCodec.encode(progress);
    node.set("flow", JSON.readTree(node.path("flow").textValue()));

    assertThat(PipelineProgressCodec.decode(node)).isEqualTo(progress);
  }

  @Test
  void shouldKnowSinceWhenAnIndexIsQuiet() throws JsonProcessingException {
    var pipeline = APipeline.aPipeline("i-1");
    pipeline.wish.keep = Optional.of(Duration.ofDays(14));
    pipeline.wish.snapshot = Optional.of("s3");
    pipeline.coverage.index("coverage20261101_000000").writes("coverage20261128_000000");
    pipeline.passes();

    assertThat(pipeline.progress.quiet()).isNotEmpty();
    assertThat(stored(pipeline.progress)).isEqualTo(pipeline.progress);
  }

  @Test
  void shouldKeepAllThatAnEarlierVersionKnew() {
    var progress = some();
    var node = (ObjectNode) PipelineProgressCodec.encode(progress);
    node.remove("quiet");

    assertThat(PipelineProgressCodec.decode(node)).isEqualTo(progress);
  }

  @Test
  void shouldForgetWhatIsOdd() {
    for (var odd : new String[] {"", "{", "7", "null"}) {
      var node = ((ObjectNode) PipelineProgressCodec.encode(some())).put("flow", odd);

      assertThat(PipelineProgressCodec.decode(node))
          .describedAs(odd)
          .isEqualTo(PipelineProgress.NONE);
    }
  }

  private static PipelineProgress stored(PipelineProgress progress) throws JsonProcessingException {
    var text = JSON.writeValueAsString(PipelineProgressCodec.encode(progress));
    return PipelineProgressCodec.decode(JSON.readTree(text));
  }
}
