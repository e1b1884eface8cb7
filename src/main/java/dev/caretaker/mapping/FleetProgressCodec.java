package dev.caretaker.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fleet's progress as the object in {@code status.progress}, and back. */
public final class FleetProgressCodec {
  private static final RecordCodec<FleetProgress> CODEC =
      new RecordCodec<>(
          FleetProgress.class,
          FleetProgress.NONE,
          Map.of(InstanceId.class, InstanceId::new, Pool.class, FleetProgressCodec::pool));

  private FleetProgressCodec() {}

  /** The object that {@link #decode} turns back into equal progress. */
  public static JsonNode encode(FleetProgress progress) {
    return CODEC.encode(progress);
  }

  /**
   * The progress that was saved; {@link FleetProgress#NONE} where none was, or where it is not what
   * this version writes: losing it costs the settling time, guessing could buy twice.
   */
  public static FleetProgress decode(@Nullable JsonNode node) {
    return CODEC.decode(node);
  }

  /** As {@link Pool#toString} writes it; no type and no zone has a space. */
  private static Pool pool(String text) {
    var words = text.split(" in ", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("not a pool: " + text);
    }
    return Pool.of(words[0], words[1]);
  }
}
