package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a person wants of a pipeline; Caretaker never writes into it.
 *
 * @param unreadable paths of fields whose stored value has another type than this version expects
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = EtlPipelineSpec.Reader.class)
@ValidationRule(
    value =
        "[has(self.deadline) && has(self.deadline.margin) ? self.deadline.margin : '2d'].all(x,"
            + " [has(self.queue.retention) ? self.queue.retention : '14d'].all(y,"
            + " !x.matches(r'"
            + EtlShapes.RETENTION
            + "') || !y.matches(r'"
            + EtlShapes.RETENTION
            + "') || "
            + EtlShapes.MINUTES_OF_X
            + " < "
            + EtlShapes.MINUTES_OF_Y
            + "))",
    message =
        "queue.retention must be longer than deadline.margin (2d by default): raise the one, to at"
            + " most 14d, or lower the other",
    fieldPath = ".queue")
@ValidationRule(
    value =
        "!has(self.buckets) || self.buckets.all(b, self.buckets.exists_one(o, o.name == b.name))",
    message = "a bucket may be listed once only",
    fieldPath = ".buckets")
@ValidationRule(
    value =
        "!has(self.tables) || self.tables.all(t, self.tables.exists_one(o, o.alias == t.alias))",
    message = "a table may be listed once only",
    fieldPath = ".tables")
@ValidationRule(
    value =
        "!has(self.tables)"
            + " || self.tables.all(t, t.esCluster.name == self.tables[0].esCluster.name)",
    message =
        "all tables of a pipeline are in one esCluster: use another EtlPipeline for the others",
    fieldPath = ".tables")
@ValidationRule(
    value =
        "has(self.workers.fleet) == has(self.scale)"
            + " && has(self.workers.fleet) == has(self.throughput)",
    message =
        "scale and throughput say how machines of a fleet are asked for: give both with"
            + " workers.fleet, none with workers.esCluster")
@ValidationRule(
    value = "!has(self.code) || has(self.process.directory)",
    message = "code needs process.directory, where it is on the machines")
@ValidationRule(
    value =
        "!has(self.verify) || !has(self.verify.tables) || self.verify.tables.all(v,"
            + " has(self.tables) && self.tables.exists(t, t.alias == v))",
    message = "verify.tables names a table that is not in tables",
    fieldPath = ".verify")
@ValidationRule(
    value =
        "!has(self.freshness)"
            + " || has(self.tables) && self.tables.exists(t, t.alias == self.freshness.alias)",
    message = "freshness.alias is not in tables",
    fieldPath = ".freshness")
@ValidationRule(
    value =
        "!has(self.backfill)"
            + " || has(self.buckets) && self.buckets.exists(b, b.name == self.backfill.bucket)",
    message = "backfill.bucket is not in buckets",
    fieldPath = ".backfill")
@ValidationRule(
    value = "self.queue.name == oldSelf.queue.name && self.queue.region == oldSelf.queue.region",
    message =
        "queue cannot be another one: nobody would look at what is left in it; create another"
            + " EtlPipeline",
    fieldPath = ".queue")
@ValidationRule(
    value =
        "has(self.workers.fleet) == has(oldSelf.workers.fleet)"
            + " && (!has(self.workers.fleet) || self.workers.fleet == oldSelf.workers.fleet)"
            + " && has(self.workers.esCluster) == has(oldSelf.workers.esCluster)"
            + " && (!has(self.workers.esCluster)"
            + " || self.workers.esCluster == oldSelf.workers.esCluster)"
            + " && self.process.program == oldSelf.process.program",
    message =
        "workers and process.program cannot be changed: the old programs would go on unseen;"
            + " create another EtlPipeline")
public record EtlPipelineSpec(
    @JsonPropertyDescription(
            "Running (default) or Stopped: a backlog forms, and nothing is lost until retention.")
        @Pattern("^(Running|Stopped)$")
        @Nullable String state,
    @JsonPropertyDescription("What the workers consume.") @Required @Nullable EtlQueueSpec queue,
    @JsonPropertyDescription("What they read and write besides.")
        @Size(max = EtlShapes.MOST_BUCKETS)
        @Nullable List<EtlBucketSpec> buckets,
    @JsonPropertyDescription("What they write; established before the workers start.")
        @Size(max = EtlShapes.MOST_TABLES)
        @Nullable List<EtlTableSpec> tables,
    @JsonPropertyDescription("The machines.") @Required @Nullable EtlWorkersSpec workers,
    @JsonPropertyDescription("What runs on them.") @Required @Nullable EtlProcessSpec process,
    @JsonPropertyDescription("Its code; without this whatever is on the machines runs.")
        @Nullable EtlCodeSpec code,
    @JsonPropertyDescription("The trial run before a new pipeline is let loose.")
        @Nullable EtlVerifySpec verify,
    @JsonPropertyDescription("How far from its loss the oldest message is kept.")
        @Nullable EtlDeadlineSpec deadline,
    @JsonPropertyDescription("How old the newest document may be.")
        @Nullable EtlFreshnessSpec freshness,
    @JsonPropertyDescription("How fast machines work; with workers.fleet.")
        @Nullable EtlThroughputSpec throughput,
    @JsonPropertyDescription("How much may be asked of the fleet; with workers.fleet.")
        @Nullable EtlScaleSpec scale,
    @JsonPropertyDescription("Objects that are worked on once more.")
        @Nullable EtlBackfillSpec backfill,
    @JsonPropertyDescription("What may be deleted on a machine whose disk is full.")
        @Nullable EtlDiskSpec disk,
    @JsonPropertyDescription(
            "Orphan (default) or Delete: what becomes of queues and buckets with the resource."
                + " Only what is empty and was made by Caretaker is ever deleted.")
        @Pattern("^(Orphan|Delete)$")
        @Nullable String deletionPolicy,
    @JsonPropertyDescription(
            "Nothing is created, deleted, stopped or updated while true; observing, demand and"
                + " restoring go on.")
        @Nullable Boolean paused,
    @JsonIgnore List<String> unreadable) {

  /** Reads field by field, so that one odd object cannot stop the list it stands in. */
  static final class Reader extends JsonDeserializer<EtlPipelineSpec> {
    @Override
    public EtlPipelineSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var fields = LenientFields.of(parser, "spec");
      return new EtlPipelineSpec(
          fields.read("state", String.class),
          fields.read("queue", EtlQueueSpec.class),
          fields.whole("buckets", EtlBucketSpec[].class),
          fields.whole("tables", EtlTableSpec[].class),
          fields.read("workers", EtlWorkersSpec.class),
          fields.read("process", EtlProcessSpec.class),
          fields.read("code", EtlCodeSpec.class),
          fields.read("verify", EtlVerifySpec.class),
          fields.read("deadline", EtlDeadlineSpec.class),
          fields.read("freshness", EtlFreshnessSpec.class),
          fields.read("throughput", EtlThroughputSpec.class),
          fields.read("scale", EtlScaleSpec.class),
          fields.read("backfill", EtlBackfillSpec.class),
          fields.read("disk", EtlDiskSpec.class),
          fields.read("deletionPolicy", String.class),
          fields.read("paused", Boolean.class),
          fields.unreadable());
    }
  }
}
