package dev.caretaker.mapping;

import dev.caretaker.api.EtlCodeSpec;
import dev.caretaker.api.EtlDiskSpec;
import dev.caretaker.api.EtlProcessSpec;
import dev.caretaker.api.EtlShapes;
import dev.caretaker.api.EtlWorkersSpec;
import dev.caretaker.mapping.PipelineCare.Machines;
import dev.caretaker.mapping.PipelineCare.OfCluster;
import dev.caretaker.mapping.PipelineCare.OfFleet;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.policy.DiskCare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where a pipeline's programs run, what they are and how they are reached. */
final class PipelineWorkersParser {
  private static final String WORKERS = "spec.workers";
  private static final String PROCESS = "spec.process";
  private static final String CODE = "spec.code";
  private static final Duration SPARED_FOR = Duration.ofHours(1);
  private static final int UPDATED_AT_ONCE = 10;

  private static final EtlWorkersSpec NOBODY = new EtlWorkersSpec(null, null, null);
  private static final EtlProcessSpec NOTHING = new EtlProcessSpec(null, null, null, null);
  private static final EtlCodeSpec.Update USUAL = new EtlCodeSpec.Update(null, null, null, null);

  private final SpecReading reading;
  private final EtlWorkersSpec workers;
  private final EtlProcessSpec process;

  PipelineWorkersParser(
      SpecReading reading, @Nullable EtlWorkersSpec workers, @Nullable EtlProcessSpec process) {
    this.reading = reading;
    this.workers = workers == null ? NOBODY : workers;
    this.process = process == null ? NOTHING : process;
  }

  Optional<Machines> machines() {
    var fleet = workers.fleet();
    var cluster = workers.esCluster();
    if ((fleet == null) == (cluster == null)) {
      reading.problem(
          WORKERS, Rule.TOGETHER, "name the machines of one fleet, or the nodes of one esCluster");
    }
    var path = WORKERS + ".esCluster";
    var zone =
        cluster == null
            ? Optional.<String>empty()
            : reading.shaped(path + ".zone", cluster.zone(), Shape.ZONE);
    Optional<Machines> nodes =
        cluster == null
            ? Optional.empty()
            : reading
                .shaped(path + ".name", cluster.name(), Shape.RESOURCE)
                .flatMap(name -> zone.map(each -> new OfCluster(name, each)));
    return fleet == null
        ? nodes
        : reading.shaped(WORKERS + ".fleet.name", fleet.name(), Shape.RESOURCE).map(OfFleet::new);
  }

  /**
   * The way to the machines.
   *
   * @param region of the queue
   */
  Optional<WorkerAccess> access(String region) {
    var path = PROCESS + ".configuration";
    var configuration = reading.shapedOrNone(path, process.configuration(), Shape.PATH);
    boolean sudo = Boolean.TRUE.equals(process.sudo());
    return way(region).map(way -> new WorkerAccess(way, sudo, configuration));
  }

  private Optional<WorkerAccess.Way> way(String region) {
    var path = WORKERS + ".access";
    var access = workers.access();
    if (access == null
        || Stream.of(access.local() != null, access.ssh() != null, access.ssm() != null)
                .filter(each -> each)
                .count()
            != 1) {
      reading.problem(path, Rule.TOGETHER, "name one way to the machines: ssh, ssm or local");
      return Optional.empty();
    }
    var ssh = access.ssh();
    var ssm = access.ssm();
    if (ssh != null) {
      return new SshParser(reading, path + ".ssh").read(ssh).map(WorkerAccess.Ssh::new);
    }
    if (ssm != null) {
      var other = reading.shapedOrNone(path + ".ssm.region", ssm.region(), Shape.REGION);
      return Optional.of(new WorkerAccess.Ssm(other.orElse(region)));
    }
    var local = access.local();
    return local == null
        ? Optional.empty()
        : reading
            .url(path + ".local.keeper", local.keeper(), Shape.KEEPER)
            .map(WorkerAccess.Local::new);
  }

  Program program() {
    var name = reading.shaped(PROCESS + ".program", process.program(), Shape.ETL_PROGRAM);
    var path = PROCESS + ".directory";
    var directory = reading.shapedOrNone(path, process.directory(), Shape.DIRECTORY);
    return new Program(name.orElse(""), directory);
  }

  Optional<Code> code(@Nullable EtlCodeSpec spec) {
    if (spec == null) {
      return Optional.empty();
    }
    if (process.directory() == null) {
      reading.problem(
          CODE, Rule.TOGETHER, "needs " + PROCESS + ".directory, where it is on the machines");
    }
    var update = spec.update() == null ? USUAL : spec.update();
    var path = CODE + ".update";
    var onFailure =
        reading.word(
            path + ".onFailure",
            update.onFailure(),
            Optional.of(OnFailure.REPORT),
            OnFailure.values());
    return Optional.of(
        new Code(
            reading.shaped(CODE + ".repository", spec.repository(), Shape.SOURCE).orElse(""),
            reading.shaped(CODE + ".branch", spec.branch(), Shape.BRANCH).orElse(""),
            new Revision(
                reading.shaped(CODE + ".revision", spec.revision(), Shape.REVISION).orElse("")),
            reading.number(
                path + ".atOnce", update.atOnce(), UPDATED_AT_ONCE, 1, EtlShapes.MOST_UPDATED),
            reading.share(path + ".spareAboveCpu", update.spareAboveCpu()),
            reading
                .lasts(path + ".spareFor", update.spareFor(), Shape.FLEET_LASTS)
                .orElse(SPARED_FOR),
            onFailure.orElse(OnFailure.REPORT)));
  }

  Optional<DiskCare> disk(@Nullable EtlDiskSpec spec) {
    if (spec == null) {
      return Optional.empty();
    }
    var path = "spec.disk";
    if (spec.above() == null) {
      reading.problem(path + ".above", Rule.TYPE, "is missing");
    }
    if (spec.remove() == null) {
      reading.problem(path + ".remove", Rule.TYPE, "name what may be deleted");
    }
    var above = reading.share(path + ".above", spec.above());
    var remove = new ArrayList<String>();
    int index = 0;
    for (var each : reading.entries(path + ".remove", spec.remove(), 1, EtlShapes.MOST_FILES)) {
      reading.shaped(path + ".remove[" + index++ + "]", each, Shape.FILES).ifPresent(remove::add);
    }
    return Optional.of(new DiskCare(above.orElse(1), remove));
  }
}
