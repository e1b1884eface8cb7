package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caretaker.sandbox.rules.RuleCases;
import dev.caretaker.sandbox.rules.SpecServer;
import dev.caretaker.sandbox.stand.Crds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** EsClusters that today's rules refuse, stored before there were any, beside the good one. */
final class PoisonObjects {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String OLD = "connection: {endpoints: ['http://127.0.0.1:9']}\n";

  /** No field of it has the type that it should have: not even its status can be written. */
  private static final String UNREADABLE = "unreadable";

  private static final Map<String, String> SPECS =
      Map.of(
          UNREADABLE,
          "{paused: banana, connection: [1, 2], zones: {list: {a: b}}}",
          "odd-types",
          OLD + "paused: banana\nreadyWhen: [Red]\n",
          "unknown-values",
          OLD + "readyWhen: Purple\nrollout: {select: {zones: [mars]}}\nfieldOf: tomorrow\n");

  private final Stage stage;

  PoisonObjects(Stage stage) {
    this.stage = stage;
  }

  /** Stores them as a version without rules did, and returns when the rules are in force again. */
  void store() throws IOException, InterruptedException {
    stage.say().accept("stores objects that the rules refuse: " + SPECS.keySet());
    var client = stage.stand().client();
    var objects = new ArrayList<GenericKubernetesResource>();
    for (var each : SPECS.entrySet()) {
      objects.add(object(each.getKey(), each.getValue()));
    }
    new Crds(client)
        .withoutRules(() -> objects.forEach(each -> client.resource(each).serverSideApply()));
    var wrong = RuleCases.read().full("local").with("/readyWhen", TextNode.valueOf("Purple"));
    var server = SpecServer.ofEsClusters(client);
    if (!stage.await(PATIENCE, () -> server.refusal(wrong).isPresent())) {
      throw new IOException("the rules of the CRD did not come back into force");
    }
  }

  /** Those of which the operator says nothing. */
  List<String> unnoticed() throws IOException, InterruptedException {
    var unnoticed = new ArrayList<String>();
    for (var name : SPECS.keySet()) {
      boolean told = stage.await(PATIENCE, () -> isNoticed(name));
      if (!told) {
        unnoticed.add("the operator says nothing about " + name);
      }
    }
    return unnoticed;
  }

  private boolean isNoticed(String name) throws IOException {
    var stand = stage.stand();
    if (!name.equals(UNREADABLE)) {
      var condition = stand.esClusters().condition(name, "SpecValid");
      return condition.path("status").asText().equals("False");
    }
    return stand.client().v1().events().inNamespace(stand.namespace()).list().getItems().stream()
        .anyMatch(
            each ->
                name.equals(each.getInvolvedObject().getName())
                    && "StatusRefused".equals(each.getReason()));
  }

  private GenericKubernetesResource object(String name, String spec) throws IOException {
    var object = new GenericKubernetesResource();
    object.setApiVersion("caretaker.dev/v1alpha1");
    object.setKind("EsCluster");
    object.setMetadata(new ObjectMeta());
    object.getMetadata().setNamespace(stage.stand().namespace());
    object.getMetadata().setName(name);
    JsonNode tree = new YAMLMapper().readTree(spec);
    object.setAdditionalProperty("spec", new YAMLMapper().convertValue(tree, Object.class));
    return object;
  }
}
