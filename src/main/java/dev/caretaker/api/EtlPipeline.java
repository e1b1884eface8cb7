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

/** A queue, the programs that consume it, and what they read and write. */
@JsonClassDescription(
    "A queue, the programs that consume it, what they read and write: nothing of it expires"
        + " unseen, tables stand before workers write, code is updated without a loss.")
@Group("caretaker.dev")
@Version("v1alpha1")
@Singular("etlpipeline")
@Plural("etlpipelines")
@ShortNames("etl")
@Categories("caretaker")
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "BACKLOG",
    jsonPath = ".status.queue.backlog",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "OLDEST", jsonPath = ".status.queue.oldest")
@AdditionalPrinterColumn(name = "EXPIRES", jsonPath = ".status.queue.expiresIn")
@AdditionalPrinterColumn(name = "DEMAND", jsonPath = ".status.demand.utility")
@AdditionalPrinterColumn(name = "WORKERS", jsonPath = ".status.workers.tally")
@AdditionalPrinterColumn(name = "DRAINS-IN", jsonPath = ".status.rates.drainTime", priority = 1)
@AdditionalPrinterColumn(
    name = "DEAD",
    jsonPath = ".status.queue.deadLetters",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(name = "STAGE", jsonPath = ".status.stage", priority = 1)
@AdditionalPrinterColumn(name = "DOING", jsonPath = ".status.doing", priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class EtlPipeline extends CustomResource<EtlPipelineSpec, EtlPipelineStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
