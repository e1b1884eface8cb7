package dev.caretaker.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Whether this process may act. Who has lost its Lease never gets it back: the Operator SDK asks
 * for it only once, and would go on beside the next leader. Such a process must end.
 */
final class Leadership {
  private final CountDownLatch lost = new CountDownLatch(1);
  private volatile boolean ending;

  /** The rules of the election; its outcome is told here. */
  LeaderElectionConfiguration rules(OperatorSettings.Election election) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(election.lease())
        .withLeaseNamespace(election.namespace())
        .withIdentity(election.identity())
        .withLeaseDuration(Duration.ofSeconds(15))
        .withRenewDeadline(Duration.ofSeconds(10))
        .withRetryPeriod(Duration.ofSeconds(2))
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stopped, leader -> {}))
        .build();
  }

  /** Whether somebody else leads now, or may at any moment. */
  boolean isLost() {
    return lost.getCount() == 0;
  }

  void awaitLoss() throws InterruptedException {
    lost.await();
  }

  /** From here on the end of leading is no loss. */
  void end() {
    ending = true;
  }

  private void stopped() {
    if (!ending) {
      lost.countDown();
    }
  }
}
