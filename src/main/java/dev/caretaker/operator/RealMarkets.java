package dev.caretaker.operator;

import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.adapter.sqs.SqsNotices;
import dev.caretaker.adapter.sqs.SqsSettings;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.NoticePort;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The regions and queues of AWS, one way to each for all fleets. {@code AWS_ENDPOINT_URL_EC2} and
 * {@code AWS_ENDPOINT_URL_SQS} lead to other endpoints, as for every program with an AWS SDK.
 */
public final class RealMarkets implements Markets, Queues, AutoCloseable {
  private final Map<String, Ec2Market> open = new ConcurrentHashMap<>();
  private final Map<SqsSettings, SqsNotices> queues = new ConcurrentHashMap<>();

  @Override
  public FleetPort in(String region) {
    return open.computeIfAbsent(
        region, name -> Ec2Market.open(Ec2Settings.of(name), Clock.systemUTC()));
  }

  @Override
  public NoticePort of(String region, String queue) {
    return queues.computeIfAbsent(SqsSettings.of(region, queue), SqsNotices::open);
  }

  @Override
  public void close() {
    queues.values().forEach(SqsNotices::close);
    open.values().forEach(Ec2Market::close);
  }
}
