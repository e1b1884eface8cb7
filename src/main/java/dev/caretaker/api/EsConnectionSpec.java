package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a cluster is reached. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EsConnectionSpec(
    @JsonPropertyDescription(
            "URLs of nodes, tried in order, such as https://coordinator:9200. No user or password"
                + " in them.")
        @Required
        @Size(min = 1, max = 20)
        @Nullable List<@Size(max = 300) @Pattern("^https?://[^@ ]+$") String> endpoints,
    @JsonPropertyDescription(
            "Secret with username and password, or apiKey, or token. Absent: no authentication.")
        @Nullable SecretReference credentialsSecret,
    @JsonPropertyDescription(
            "Secret with ca.crt (PEM), which the endpoints' certificates must come from.")
        @Nullable SecretReference caSecret,
    @JsonPropertyDescription(
            "Take the cluster over from this earlier owner, written as the Conflict condition"
                + " names it (namespace/name/uid).")
        @Size(max = 700)
        @Nullable String adopt,
    @JsonPropertyDescription("A real query, which decides whether the cluster serves.")
        @Nullable Probe probe) {

  /** The query that proves that a cluster serves. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Probe(
      @JsonPropertyDescription("Index or alias to search. Absent: all indices.") @Size(max = 255)
          @Nullable String index,
      @JsonPropertyDescription("How long the query may take, such as 10s (default).")
          @Pattern("^[0-9]{1,6}(ms|s|m)$")
          @Nullable String timeout) {}
}
