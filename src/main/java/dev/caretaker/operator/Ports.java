package dev.caretaker.operator;

import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;

/** The ways to one cluster and its machines; closed when the spec names other ones. */
public record Ports(EsPort engine, HostPort hosts, Runnable closing) implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
