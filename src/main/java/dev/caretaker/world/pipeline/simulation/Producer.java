package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.world.pipeline.Platform;
import java.time.Duration;
import java.time.Instant;

/** Those who fill the queue, with a rhythm and with bursts. */
final class Producer {
  private static final double RHYTHM = Duration.ofHours(3).toSeconds();

  private final Platform platform;
  private final Dice dice;
  private final double perHour;
  private double due;
  private long sent;
  private double factor = 1;
  private Instant burstUntil = Instant.MIN;
  private boolean stopped;

  Producer(Platform platform, Dice dice, double perHour) {
    this.platform = platform;
    this.dice = dice;
    this.perHour = perHour;
  }

  /** More than usual comes until then. */
  void burst(double times, Instant until) {
    factor = times;
    burstUntil = until;
  }

  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  void tick(Duration time) {
    if (stopped) {
      return;
    }
    var now = platform.instant();
    double wave = 1 + 0.6 * Math.sin(2 * Math.PI * now.getEpochSecond() / RHYTHM);
    double burst = burstUntil.isAfter(now) ? factor : 1;
    due += perHour * wave * burst * time.toSeconds() / 3600 * dice.between(0, 20) / 10.0;
    while (due >= 1) {
      due--;
      sent++;
      var delay = dice.between(0, 9) == 0 ? Duration.ofMinutes(3) : Duration.ZERO;
      platform.send(Wishes.QUEUE, "m-" + sent, delay);
    }
  }
}
