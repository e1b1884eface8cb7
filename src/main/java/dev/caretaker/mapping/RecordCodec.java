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
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record of the core as an object of JSON, and back; all or nothing. What is optional may be
 * absent: an earlier version did not know of it.
 */
final class RecordCodec<T> {
  private final ObjectMapper json;
  private final Class<T> type;
  private final T none;

  /**
   * A codec.
   *
   * @param none what stands for anything that this version does not write
   * @param keys how the keys of maps are read
   */
  RecordCodec(Class<T> type, T none, Map<Class<?>, Function<String, ?>> keys) {
    this.type = type;
    this.none = none;
    var module = new SimpleModule();
    keys.forEach((key, read) -> module.addKeyDeserializer(key, deserializer(read)));
    this.json =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(module)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
  }

  JsonNode encode(T value) {
    return json.valueToTree(value);
  }

  /** What is written as text; nothing where it is no JSON. */
  JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException odd) {
      return json.missingNode();
    }
  }

  T decode(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return none;
    }
    try {
      return json.treeToValue(node, type);
    } catch (JsonProcessingException odd) {
      return none;
    }
  }

  private static KeyDeserializer deserializer(Function<String, ?> read) {
    return new KeyDeserializer() {
      @Override
      public Object deserializeKey(String key, DeserializationContext context) {
        return read.apply(key);
      }
    };
  }
}
