package dev.caretaker.contract;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** The contract on queues, kept by the adapter of SQS before a real ElasticMQ. */
class ElasticMqQueuePortTest extends QueuePortContract {
  /** Nobody tells metrics. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private final SqsGround ground = open();

  private static SqsGround open() {
    var server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    return new SqsGround(URI.create("http://127.0.0.1:" + port), NOWHERE, server::stopAndWait);
  }

  @Override
  QueueGround ground() {
    return ground;
  }
}
