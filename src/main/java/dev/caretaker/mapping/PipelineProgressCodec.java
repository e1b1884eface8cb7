package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.WorkerId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pipeline's progress as the object in {@code status.progress}, and back. */
public final class PipelineProgressCodec {
  private static final RecordCodec<PipelineProgress> CODEC =
      new RecordCodec<>(
          PipelineProgress.class, PipelineProgress.NONE, Map.of(WorkerId.class, WorkerId::new));

  private PipelineProgressCodec() {}

  /** The object that {@link #decode} turns back into equal progress. */
  public static JsonNode encode(PipelineProgress progress) {
    return CODEC.encode(progress);
  }

  /**
   * The progress that was saved; {@link PipelineProgress#NONE} where none was, or where it is not
   * what this version writes: losing it costs time, never a message.
   */
  public static PipelineProgress decode(@Nullable JsonNode node) {
    return CODEC.decode(node);
  }
}
