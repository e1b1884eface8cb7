package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.WorkerId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pipeline's progress as the object in {@code status.progress}, and back. */
public final class PipelineProgressCodec {
  private static final RecordCodec<PipelineProgress> CODEC =
      new RecordCodec<>(
          PipelineProgress.class, PipelineProgress.NONE, Map.of(WorkerId.class, WorkerId::new));

  private static final String FLOW = "flow";

  /** An earlier version did not know of it, and the rest of what it wrote is as good. */
  private static final String QUIET = "quiet";

  private PipelineProgressCodec() {}

  /**
   * The object that {@link #decode} turns back into equal progress. What is remembered of the flow
   * is hundreds of numbers, which nobody reads one below the other: it is one text.
   */
  public static JsonNode encode(PipelineProgress progress) {
    var node = (ObjectNode) CODEC.encode(progress);
    return node.put(FLOW, node.path(FLOW).toString());
  }

  /**
   * The progress that was saved; {@link PipelineProgress#NONE} where none was, or where it is not
   * what this version writes: losing it costs time, never a message.
   */
  public static PipelineProgress decode(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return PipelineProgress.NONE;
    }
    var whole = node.<ObjectNode>deepCopy();
    if (whole.path(FLOW).isTextual()) {
      whole.set(FLOW, CODEC.tree(node.path(FLOW).textValue()));
    }
    if (!whole.has(QUIET)) {
      whole.putObject(QUIET);
    }
    return CODEC.decode(whole);
  }
}
