package dev.caretaker.operator;

import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.port.FleetPort;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The regions of EC2, one way to each for all fleets there. {@code AWS_ENDPOINT_URL_EC2} leads to
 * another endpoint, as for every program with an AWS SDK.
 */
public final class RealMarkets implements Markets, AutoCloseable {
  private final Map<String, Ec2Market> open = new ConcurrentHashMap<>();

  @Override
  public FleetPort in(String region) {
    return open.computeIfAbsent(
        region, name -> Ec2Market.open(Ec2Settings.of(name), Clock.systemUTC()));
  }

  @Override
  public void close() {
    open.values().forEach(Ec2Market::close);
  }
}
