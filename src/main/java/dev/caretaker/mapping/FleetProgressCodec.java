package dev.caretaker.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fleet's progress as the object in {@code status.progress}, and back. */
public final class FleetProgressCodec {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addKeyDeserializer(InstanceId.class, key(InstanceId::new))
                  .addKeyDeserializer(Pool.class, key(FleetProgressCodec::pool)))
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private FleetProgressCodec() {}

  /** The object that {@link #decode} turns back into equal progress. */
  public static JsonNode encode(FleetProgress progress) {
    return JSON.valueToTree(progress);
  }

  /**
   * The progress that was saved; {@link FleetProgress#NONE} where none was, or where it is not what
   * this version writes: losing it costs the settling time, guessing could buy twice.
   */
  public static FleetProgress decode(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return FleetProgress.NONE;
    }
    try {
      return JSON.treeToValue(node, FleetProgress.class);
    } catch (JsonProcessingException odd) {
      return FleetProgress.NONE;
    }
  }

  /** As {@link Pool#toString} writes it; no type and no zone has a space. */
  private static Pool pool(String text) {
    var words = text.split(" in ", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("not a pool: " + text);
    }
    return Pool.of(words[0], words[1]);
  }

  private static KeyDeserializer key(Function<String, ?> read) {
    return new KeyDeserializer() {
      @Override
      public Object deserializeKey(String key, DeserializationContext context) {
        return read.apply(key);
      }
    };
  }
}
