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
  private static final String FILE = "/sandbox/escluster-rules.yaml";

  /** Reads the file of this build. */
  public static RuleCases read() {
    try (var yaml = Objects.requireNonNull(RuleCases.class.getResourceAsStream(FILE), FILE)) {
      return of(new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("this build of Caretaker has no usable " + FILE, e);
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
