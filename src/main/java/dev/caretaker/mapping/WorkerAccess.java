package dev.caretaker.mapping;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The way to the programs of a pipeline.
 *
 * @param way how machines are reached
 * @param sudo whether supervisorctl needs it
 * @param configuration the file for supervisorctl -c
 */
public record WorkerAccess(Way way, boolean sudo, Optional<String> configuration) {

  /** How machines are reached. */
  public sealed interface Way {
    /** Names of the Secrets beside the resource that it needs. */
    default List<String> secrets() {
      return List.of();
    }
  }

  /** Machines behind sshd. */
  public record Ssh(SshAccess login) implements Way {
    @Override
    public List<String> secrets() {
      return login.secrets();
    }
  }

  /** Machines under AWS Systems Manager. */
  public record Ssm(String region) implements Way {}

  /** Programs on the operator's own machine, under a keeper. */
  public record Local(URI keeper) implements Way {}
}
