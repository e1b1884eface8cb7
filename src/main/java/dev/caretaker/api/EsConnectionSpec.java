package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a cluster is reached. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.endpoints) || self.endpoints.all(e, e.matches(r'" + Shapes.ENDPOINT + "'))",
    message = "every one of endpoints must be " + Shapes.ENDPOINT_IS,
    fieldPath = ".endpoints")
@ValidationRule(
    value = "!has(self.adopt) || self.adopt.matches(r'" + Shapes.OWNER + "')",
    message = "adopt must be " + Shapes.OWNER_IS,
    fieldPath = ".adopt")
public record EsConnectionSpec(
    @JsonPropertyDescription(
            "URLs of nodes, tried in order, such as https://coordinator:9200. No user or password"
                + " in them.")
        @Required
        @Size(min = 1, max = Shapes.MOST_ENDPOINTS)
        @Nullable List<@Size(max = Shapes.LONGEST_URL) String> endpoints,
    @JsonPropertyDescription(
            "Secret with username and password, or apiKey, or token. Absent: no authentication.")
        @Nullable SecretReference credentialsSecret,
    @JsonPropertyDescription(
            "Secret with ca.crt (PEM), which the endpoints' certificates must come from.")
        @Nullable SecretReference caSecret,
    @JsonPropertyDescription(
            "Take the cluster over from this earlier owner, written as the Conflict condition"
                + " names it (namespace/name/uid).")
        @Size(max = Shapes.LONGEST_OWNER)
        @Nullable String adopt,
    @JsonPropertyDescription("A real query, which decides whether the cluster serves.")
        @Nullable Probe probe) {

  /** The query that proves that a cluster serves. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.index) || self.index.matches(r'" + Shapes.INDEX + "')",
      message = "index must be " + Shapes.INDEX_IS,
      fieldPath = ".index")
  @ValidationRule(
      value =
          "!has(self.timeout) || self.timeout.matches(r'"
              + Shapes.DURATION
              + "') && duration(self.timeout) <= duration('5m')",
      message = "timeout must be " + Shapes.DURATION_IS,
      fieldPath = ".timeout")
  public record Probe(
      @JsonPropertyDescription("Index or alias to search. Absent: all indices.")
          @Size(max = Shapes.LONGEST_NAME)
          @Nullable String index,
      @JsonPropertyDescription("How long the query may take, such as 10s (default).")
          @Size(max = Shapes.LONGEST_DURATION)
          @Nullable String timeout) {}
}
