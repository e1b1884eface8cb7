package dev.caretaker.mapping;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The way to the processes of a cluster's nodes. */
public sealed interface HostAccess {

  /** Names of the Secrets beside the resource that it needs. */
  List<String> secrets();

  /** The same with a way to these machines, where addresses are needed. */
  default HostAccess reaching(List<SpotMachine> machines) {
    return this;
  }

  /** Processes on the operator's own machine, under a keeper. */
  record Local(URI keeper) implements HostAccess {
    @Override
    public List<String> secrets() {
      return List.of();
    }
  }

  /**
   * Machines behind sshd.
   *
   * @param keySecret name of the Secret with the private key
   * @param knownHosts the host keys, or empty where a Secret has them
   * @param knownHostsSecret name of that Secret; exactly one of the two is there
   * @param addresses of the nodes' machines
   */
  record Ssh(
      Login login,
      String keySecret,
      Optional<String> knownHosts,
      Optional<String> knownHostsSecret,
      Optional<Jump> jump,
      Supervised process,
      SortedMap<NodeName, String> addresses)
      implements HostAccess {
    public Ssh {
      addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    @Override
    public HostAccess reaching(List<SpotMachine> machines) {
      var all = new TreeMap<>(addresses);
      machines.forEach(each -> each.address().ifPresent(at -> all.put(each.node(), at)));
      return new Ssh(login, keySecret, knownHosts, knownHostsSecret, jump, process, all);
    }

    @Override
    public List<String> secrets() {
      return Stream.concat(Stream.of(keySecret), knownHostsSecret.stream()).distinct().toList();
    }
  }

  /** Who logs in where. */
  record Login(String user, int port) {}

  /** A machine on the way. */
  record Jump(String address, Login login) {}

  /** Who supervises the processes. */
  enum Kind {
    SUPERVISOR,
    SYSTEMD
  }

  /** How a process is called and asked for; see EsProcessSpec. */
  record Supervised(
      Kind kind,
      String program,
      boolean sudo,
      Optional<String> configuration,
      Optional<String> dataPath) {}
}
