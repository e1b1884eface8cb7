package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON read once, from front to back: a state of 50,000 shards is never a tree in memory. What a
 * reader leaves alone is skipped.
 */
final class JsonStream {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;

  private JsonStream(JsonParser parser) {
    this.parser = parser;
  }

  /** Takes one field; the stream stands at its value. */
  interface FieldReader {
    void read(String name) throws IOException;
  }

  /** Takes one element; the stream stands at it. */
  interface ElementReader {
    void read() throws IOException;
  }

  /** Reads a body that is one object. */
  static <T> T read(InputStream body, WholeReader<T> reader) throws IOException {
    try (var parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      return reader.read(new JsonStream(parser));
    }
  }

  /** Takes a whole body. */
  interface WholeReader<T> {
    T read(JsonStream json) throws IOException;
  }

  /** Offers each field of the object here; nothing where it is no object. */
  void fields(FieldReader reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (next() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      reader.read(name);
      // Nothing to do where the reader went through it and stands at its end.
      parser.skipChildren();
    }
  }

  /** Offers each element of the array here; nothing where it is no array. */
  void elements(ElementReader reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (next() != JsonToken.END_ARRAY) {
      reader.read();
      parser.skipChildren();
    }
  }

  /** A scalar as text; empty for null, objects and arrays. */
  Optional<String> text() throws IOException {
    return parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL
        ? Optional.of(parser.getText())
        : Optional.empty();
  }

  /** A number, also where it is written as text; the fallback where it is none. */
  long number(long fallback) throws IOException {
    return parser.getValueAsLong(fallback);
  }

  /** A whole number that was written as text; empty where it is none. */
  static Optional<Long> whole(String text) {
    return text.matches("-?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  boolean yes() throws IOException {
    return parser.getValueAsBoolean(false);
  }

  /** The settings below here with dotted keys; lists become comma-separated texts. */
  Map<String, String> flattened() throws IOException {
    var flat = new TreeMap<String, String>();
    flatten("", flat);
    return flat;
  }

  private void flatten(String key, Map<String, String> flat) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      fields(name -> flatten(key.isEmpty() ? name : key + "." + name, flat));
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      var parts = new ArrayList<String>();
      elements(() -> text().ifPresent(parts::add));
      flat.put(key, String.join(",", parts));
    } else {
      text().ifPresent(value -> flat.put(key, value));
    }
  }

  private JsonToken next() throws IOException {
    var token = parser.nextToken();
    if (token == null) {
      throw new IOException("the answer ends in the middle");
    }
    return token;
  }
}
