package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An Elasticsearch or OpenSearch cluster on machines that Caretaker can reach. */
@JsonClassDescription(
    "An Elasticsearch or OpenSearch cluster on machines that Caretaker can reach: restarted and"
        + " drained without losing data.")
@Group("caretaker.dev")
@Version("v1alpha1")
@Singular("escluster")
@Plural("esclusters")
@ShortNames("esc")
@Categories("caretaker")
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "HEALTH", jsonPath = ".status.health")
@AdditionalPrinterColumn(name = "NODES", jsonPath = ".status.nodesInCluster")
@AdditionalPrinterColumn(
    name = "SAFE",
    jsonPath = ".status.conditions[?(@.type==\"DataSafe\")].status")
@AdditionalPrinterColumn(name = "OPERATION", jsonPath = ".status.operation")
@AdditionalPrinterColumn(name = "BLOCKED-BY", jsonPath = ".status.blockedBy")
@AdditionalPrinterColumn(name = "ENGINE", jsonPath = ".status.engine", priority = 1)
@AdditionalPrinterColumn(name = "SERVING", jsonPath = ".status.serving", priority = 1)
@AdditionalPrinterColumn(name = "HOLDS", jsonPath = ".status.holds", priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class EsCluster extends CustomResource<EsClusterSpec, EsClusterStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
