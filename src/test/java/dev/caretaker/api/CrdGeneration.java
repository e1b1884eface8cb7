package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes the CRDs from the classes, with what the generator cannot say added. */
final class CrdGeneration implements CRDPostProcessor {
  private static final String HEADER =
      "# Generated from the classes in dev.caretaker.api; do not edit.\n";

  private static final Pattern CHOICE = Pattern.compile("\\^\\(([A-Za-z_|]+)\\)\\$");

  private final Class<? extends CustomResource<?, ?>> type;
  private final List<CustomResourceDefinition> generated = new ArrayList<>();

  private CrdGeneration(Class<? extends CustomResource<?, ?>> type) {
    this.type = type;
  }

  /** File name to content, for each custom resource. */
  static SortedMap<String, String> files() {
    var files = new TreeMap<String, String>();
    Stream.<Class<? extends CustomResource<?, ?>>>of(
            EsCluster.class, EtlPipeline.class, SpotFleet.class)
        .map(CrdGeneration::generate)
        .forEach(crd -> files.put(crd.getMetadata().getName() + "-v1.yml", yaml(crd)));
    return files;
  }

  private static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> type) {
    var generation = new CrdGeneration(type);
    new CRDGenerator()
        .customResourceClasses(type)
        .forCRDVersions("v1")
        .withPostProcessor(generation)
        .withOutput(new Discarding())
        .generate();
    return generation.generated.get(0);
  }

  private static String yaml(CustomResourceDefinition crd) {
    return HEADER + Serialization.asYaml(crd);
  }

  @Override
  public HasMetadata process(HasMetadata resource, String crdVersion) {
    if (resource instanceof CustomResourceDefinition crd) {
      for (var version : crd.getSpec().getVersions()) {
        version.getAdditionalPrinterColumns().sort(asDeclared());
        var root = version.getSchema().getOpenAPIV3Schema();
        var conditions = property(property(root, "status"), "conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        nameWords(root);
        explain(root);
      }
      generated.add(crd);
    }
    return resource;
  }

  /** What the generator leaves without a word, and kubectl explain shows first. */
  private void explain(JSONSchemaProps root) {
    root.setDescription(
        Objects.requireNonNull(type.getAnnotation(JsonClassDescription.class)).value());
    property(root, "spec").setDescription("What you want; Caretaker never writes into it.");
    property(root, "status").setDescription("What Caretaker saw, does and refuses.");
  }

  /** A choice of words reads better as an enumeration, in refusals and in kubectl explain. */
  private static void nameWords(JSONSchemaProps field) {
    var choice = field.getPattern() == null ? null : CHOICE.matcher(field.getPattern());
    if (choice != null && choice.matches()) {
      field.setPattern(null);
      field.setEnum(
          Arrays.stream(choice.group(1).split("\\|", -1))
              .map(word -> (JsonNode) TextNode.valueOf(word))
              .toList());
    }
    if (field.getItems() != null) {
      nameWords(field.getItems().getSchema());
    }
    if (field.getProperties() != null) {
      field.getProperties().values().forEach(CrdGeneration::nameWords);
    }
  }

  private static JSONSchemaProps property(JSONSchemaProps parent, String name) {
    return Objects.requireNonNull(parent.getProperties().get(name), name);
  }

  /** The generator sorts columns by path; people read them in the order of the annotations. */
  private Comparator<CustomResourceColumnDefinition> asDeclared() {
    var names =
        Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    return Comparator.comparingInt(column -> names.indexOf(column.getName()));
  }

  /** The post-processor already has what is written; only it can put the columns in order. */
  private static final class Discarding
      extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) {
      return new ByteArrayOutputStream();
    }
  }
}
