package dev.caretaker.mapping;

import static dev.caretaker.mapping.SpecReading.orEmpty;

import dev.caretaker.api.EsHostsSpec;
import dev.caretaker.api.EsSshSpec;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code spec.hosts.access} and what goes with it; the CRD has the same rules. */
final class HostAccessParser {
  private static final String SSH = "spec.hosts.access.ssh";
  private static final String PROCESS = "spec.hosts.process";

  private final SpecReading reading;

  HostAccessParser(SpecReading reading) {
    this.reading = reading;
  }

  /** Empty where no host is listed, and where a problem was found. */
  Optional<HostAccess> read(EsHostsSpec hosts) {
    var access = hosts.access();
    var local = access == null ? null : access.local();
    var ssh = access == null ? null : access.ssh();
    if (local != null && ssh != null) {
      reading.problem("spec.hosts.access", Rule.TOGETHER, "name one way, local or ssh, not both");
      return Optional.empty();
    }
    if (ssh == null && hosts.process() != null) {
      reading.problem(PROCESS, Rule.TOGETHER, "goes with spec.hosts.access.ssh only");
    }
    if (ssh != null) {
      return ssh(ssh, hosts);
    }
    if (local != null) {
      return reading
          .url("spec.hosts.access.local.keeper", local.keeper(), Shape.KEEPER)
          .map(HostAccess.Local::new);
    }
    boolean machines = !orEmpty(hosts.list()).isEmpty() || !orEmpty(hosts.fleets()).isEmpty();
    if (access != null || machines) {
      reading.problem(
          "spec.hosts.access", Rule.TOGETHER, "say how processes are reached: local or ssh");
    }
    return Optional.empty();
  }

  private Optional<HostAccess> ssh(EsSshSpec ssh, EsHostsSpec hosts) {
    int before = reading.problems().size();
    var login = new SshParser(reading, SSH).read(ssh);
    var process = process(hosts);
    var addresses = addresses(hosts);
    if (reading.problems().size() > before || login.isEmpty() || process.isEmpty()) {
      return Optional.empty();
    }
    var way = login.get();
    return Optional.of(
        new HostAccess.Ssh(
            way.login(),
            way.keySecret(),
            way.knownHosts(),
            way.knownHostsSecret(),
            way.jump(),
            process.get(),
            addresses));
  }

  private Optional<HostAccess.Supervised> process(EsHostsSpec hosts) {
    var process = hosts.process();
    if (process == null) {
      reading.problem(PROCESS, Rule.TOGETHER, "say who supervises the processes: kind and program");
      return Optional.empty();
    }
    var kind =
        reading.word(PROCESS + ".kind", process.kind(), Optional.empty(), HostAccess.Kind.values());
    var program = reading.shaped(PROCESS + ".program", process.program(), Shape.PROGRAM);
    if (program.isPresent() && program.get().startsWith("{node}")) {
      noDashes(hosts);
    }
    var configuration =
        reading.shapedOrNone(PROCESS + ".configuration", process.configuration(), Shape.PATH);
    if (configuration.isPresent() && kind.equals(Optional.of(HostAccess.Kind.SYSTEMD))) {
      reading.problem(
          PROCESS + ".configuration",
          Rule.TOGETHER,
          "is a file of supervisorctl, not of systemctl");
    }
    var dataPath = reading.shapedOrNone(PROCESS + ".dataPath", process.dataPath(), Shape.PATH);
    return kind.isEmpty() || program.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HostAccess.Supervised(
                kind.get(),
                program.get(),
                Boolean.TRUE.equals(process.sudo()),
                configuration,
                dataPath));
  }

  /** What begins with a dash would be taken for an option. */
  private void noDashes(EsHostsSpec hosts) {
    int index = 0;
    for (var host : orEmpty(hosts.list())) {
      var path = "spec.hosts.list[" + index++ + "].node";
      if (host.node() != null && host.node().startsWith("-")) {
        reading.problem(
            path, Rule.TOGETHER, "begins with a dash, and " + PROCESS + ".program with {node}");
      }
    }
  }

  private SortedMap<NodeName, String> addresses(EsHostsSpec hosts) {
    var addresses = new TreeMap<NodeName, String>();
    int index = 0;
    for (var host : orEmpty(hosts.list())) {
      var path = "spec.hosts.list[" + index++ + "].address";
      var address = reading.shaped(path, host.address(), Shape.MACHINE);
      if (address.isPresent() && host.node() != null) {
        addresses.put(new NodeName(host.node()), address.get());
      }
    }
    return addresses;
  }
}
