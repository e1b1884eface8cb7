package dev.caretaker.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Compares statuses, so that nothing is written while nothing changes. */
public final class Statuses {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Statuses() {}

  /** Whether two statuses say the same, whatever types their numbers were read with. */
  public static boolean same(@Nullable Object one, @Nullable Object other) {
    return plain(one).equals(plain(other));
  }

  private static JsonNode plain(@Nullable Object status) {
    try {
      return JSON.readTree(JSON.writeValueAsString(status));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a status is not JSON: " + status, impossible);
    }
  }
}
