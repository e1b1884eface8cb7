package dev.caretaker.sandbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The cases of the rules that have a sentence of their own, as the file of cases has them.
 *
 * @param full specs that between them say something about every field, and have no problem
 */
public record RuleCases(Map<String, SpecTree> full, List<RuleCase> cases) {
  /** Reads those of EsClusters. */
  public static RuleCases read() {
    return read("/sandbox/escluster-rules.yaml");
  }

  /** Reads those of EtlPipelines. */
  public static RuleCases ofEtlPipelines() {
    return read("/sandbox/etlpipeline-rules.yaml");
  }

  private static RuleCases read(String file) {
    try (var yaml = Objects.requireNonNull(RuleCases.class.getResourceAsStream(file), file)) {
      return of(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("this build of Caretaker has no usable " + file, e);
    }
  }

  private static RuleCases of(JsonNode file) {
    var full = new LinkedHashMap<String, SpecTree>();
    for (var each : file.path("full").properties()) {
      var spec = each.getValue();
      full.put(
          each.getKey(),
          spec.has("like")
              ? named(full, spec.path("like")).with(spec.path("at").asText(), spec.path("value"))
              : new SpecTree(spec));
    }
    var cases = new ArrayList<RuleCase>();
    for (var each : file.path("cases")) {
      var base = named(full, each.path("in"));
      var at = each.path("at").asText();
      cases.add(
          new RuleCase(
              each.path("says").asText(),
              base.with(at, each.path("right")),
              base.with(at, each.path("wrong")),
              each.path("stored").asBoolean() ? Optional.of(base) : Optional.empty()));
    }
    return new RuleCases(full, cases);
  }

  private static SpecTree named(Map<String, SpecTree> full, JsonNode name) {
    return Objects.requireNonNull(full.get(name.asText()), "no spec is called " + name);
  }

  /** One of the full specs. */
  public SpecTree full(String name) {
    return Objects.requireNonNull(full.get(name), name);
  }
}
