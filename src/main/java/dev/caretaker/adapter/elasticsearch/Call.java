package dev.caretaker.adapter.elasticsearch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One HTTP request.
 *
 * @param path with its query, already encoded
 * @param body JSON
 * @param within how long the whole answer may take
 */
record Call(String method, String path, Optional<String> body, Duration within) {

  static Call get(String path, Duration within) {
    return new Call("GET", path, Optional.empty(), within);
  }

  static Call post(String path, String body, Duration within) {
    return new Call("POST", path, Optional.of(body), within);
  }

  static Call put(String path, String body, Duration within) {
    return new Call("PUT", path, Optional.of(body), within);
  }

  /** An index name as a part of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Method and path without the query, for people. */
  @Override
  public String toString() {
    return method + " " + path.split("\\?", 2)[0];
  }
}
