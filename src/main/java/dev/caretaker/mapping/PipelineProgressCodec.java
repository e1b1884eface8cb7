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
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.WorkerId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pipeline's progress as the object in {@code status.progress}, and back. */
public final class PipelineProgressCodec {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addKeyDeserializer(BucketName.class, key(BucketName::new))
                  .addKeyDeserializer(QueueName.class, key(QueueName::new))
                  .addKeyDeserializer(TableName.class, key(TableName::new))
                  .addKeyDeserializer(WorkerId.class, key(WorkerId::new)))
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private PipelineProgressCodec() {}

  /** The object that {@link #decode} turns back into equal progress. */
  public static JsonNode encode(PipelineProgress progress) {
    return JSON.valueToTree(progress);
  }

  /**
   * The progress that was saved; {@link PipelineProgress#NONE} where none was, or where it is not
   * what this version writes: losing it costs time, never a message.
   */
  public static PipelineProgress decode(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return PipelineProgress.NONE;
    }
    try {
      return JSON.treeToValue(node, PipelineProgress.class);
    } catch (JsonProcessingException odd) {
      return PipelineProgress.NONE;
    }
  }

  private static KeyDeserializer key(Function<String, Object> reader) {
    return new KeyDeserializer() {
      @Override
      public Object deserializeKey(String text, DeserializationContext context) {
        return reader.apply(text);
      }
    };
  }
}
