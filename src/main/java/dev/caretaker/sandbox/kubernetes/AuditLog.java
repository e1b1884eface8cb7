package dev.caretaker.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the API server noted about the requests of one user, in order. */
public record AuditLog(List<Request> requests) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORBIDDEN = 403;
  private static final Set<String> READING = Set.of("get", "list", "watch");

  /**
   * One answered request.
   *
   * @param resource with its subresource: {@code esclusters/status}
   * @param message of the answer where it was a refusal; empty otherwise
   */
  public record Request(
      String verb, String group, String resource, String namespace, int code, String message) {

    boolean changes() {
      return !READING.contains(verb);
    }

    /** Refused for want of a role; a namespace that is going away refuses with the same code. */
    public boolean forbidden() {
      return code == FORBIDDEN && !message.contains("because it is being terminated");
    }
  }

  public AuditLog {
    requests = List.copyOf(requests);
  }

  /**
   * Reads the lines about a user, such as {@code system:serviceaccount:NAMESPACE:NAME}; the last
   * one only when it is whole.
   */
  public static AuditLog of(Path file, String user) throws IOException {
    var requests = new ArrayList<Request>();
    var text = Files.readString(file);
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      var entry = JSON.readTree(line);
      if (entry.at("/user/username").asText().equals(user)) {
        requests.add(request(entry));
      }
    }
    return new AuditLog(requests);
  }

  public List<Request> forbidden() {
    return requests.stream().filter(Request::forbidden).toList();
  }

  /** Changes of resources of a group that were carried out, those of their parts included. */
  public long carriedOut(String group, String resource) {
    return requests.stream()
        .filter(each -> each.group().equals(group) && each.changes() && each.code() / 100 == 2)
        .filter(each -> each.resource().split("/", 2)[0].equals(resource))
        .count();
  }

  public boolean used(String verb, String group, String resource) {
    return requests.stream()
        .anyMatch(
            each ->
                each.verb().equals(verb)
                    && each.group().equals(group)
                    && each.resource().equals(resource));
  }

  private static Request request(JsonNode entry) {
    var about = entry.path("objectRef");
    var sub = about.path("subresource").asText();
    return new Request(
        entry.path("verb").asText(),
        about.path("apiGroup").asText(),
        about.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub),
        about.path("namespace").asText(),
        entry.at("/responseStatus/code").asInt(),
        entry.at("/responseStatus/message").asText());
  }
}
