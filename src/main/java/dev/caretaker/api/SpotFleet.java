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

/** Spot machines that are bought and given back within a budget. */
@JsonClassDescription(
    "Spot machines that are bought and given back: always within budget, never at the cost of"
        + " data.")
@Group("caretaker.dev")
@Version("v1alpha1")
@Singular("spotfleet")
@Plural("spotfleets")
@ShortNames("sf")
@Categories("caretaker")
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "UTILITY", jsonPath = ".status.utility.running")
@AdditionalPrinterColumn(name = "WANTED", jsonPath = ".status.utility.wanted")
@AdditionalPrinterColumn(name = "SPEND", jsonPath = ".status.spendUsdPerHour")
@AdditionalPrinterColumn(name = "BUDGET", jsonPath = ".status.budgetUsdPerHour")
@AdditionalPrinterColumn(
    name = "MACHINES",
    jsonPath = ".status.machineCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "EXPOSURE", jsonPath = ".status.exposureUsdPerHour", priority = 1)
@AdditionalPrinterColumn(name = "NEXT", jsonPath = ".status.nextPurchase", priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class SpotFleet extends CustomResource<SpotFleetSpec, SpotFleetStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
