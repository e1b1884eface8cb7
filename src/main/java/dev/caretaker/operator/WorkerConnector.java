package dev.caretaker.operator;

import dev.caretaker.adapter.host.ssh.SshSettings;
import dev.caretaker.adapter.host.worker.LocalWorkers;
import dev.caretaker.adapter.host.worker.SshWorkerSettings;
import dev.caretaker.adapter.host.worker.SsmSettings;
import dev.caretaker.adapter.host.worker.SupervisedWorkers;
import dev.caretaker.adapter.host.worker.SupervisorAccess;
import dev.caretaker.mapping.SshAccess;
import dev.caretaker.mapping.WorkerAccess;
import dev.caretaker.operator.PipelineConnector.Way;
import dev.caretaker.port.WorkerPort;

/** Opens the ways to programs on machines. */
final class WorkerConnector {
  private WorkerConnector() {}

  static Way<WorkerPort> open(WorkerAccess access, Secrets secrets) {
    var supervisor = new SupervisorAccess(access.sudo(), access.configuration());
    if (access.way() instanceof WorkerAccess.Local local) {
      var workers = new LocalWorkers(local.keeper());
      return new Way<>(workers, workers::close);
    }
    if (access.way() instanceof WorkerAccess.Ssh ssh) {
      return ssh(ssh.login(), supervisor, secrets);
    }
    if (access.way() instanceof WorkerAccess.Ssm ssm) {
      var workers = SupervisedWorkers.bySsm(SsmSettings.in(ssm.region()), supervisor);
      return new Way<>(workers, workers::close);
    }
    throw new IllegalStateException("no such way to machines: " + access.way());
  }

  private static Way<WorkerPort> ssh(SshAccess ssh, SupervisorAccess supervisor, Secrets secrets) {
    var missing = secrets.missing(ssh.secrets());
    if (missing.isPresent()) {
      return new Way<>(new NoWorkers(missing.get()), () -> {});
    }
    try {
      var workers = SupervisedWorkers.overSsh(settings(ssh, secrets), supervisor);
      return new Way<>(workers, workers::close);
    } catch (IllegalArgumentException unusable) {
      var cause = "spec.workers.access.ssh: " + unusable.getMessage();
      return new Way<>(new NoWorkers(cause), () -> {});
    }
  }

  private static SshWorkerSettings settings(SshAccess ssh, Secrets secrets) {
    return new SshWorkerSettings(
        ssh.login().user(),
        ssh.login().port(),
        ssh.jump().map(HostConnector::target),
        HostConnector.identity(ssh.keySecret(), secrets),
        HostConnector.knownHosts(ssh.knownHosts(), ssh.knownHostsSecret(), secrets),
        SshSettings.Timeouts.DEFAULT);
  }
}
