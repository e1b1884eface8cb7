package dev.caretaker.operator;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

/** Prometheus wants the same labels on each counter of a name; the Operator SDK leaves one out. */
final class SameLabels implements MeterFilter {
  @Override
  public Meter.Id map(Meter.Id id) {
    return id.getName().equals("events.received") && id.getTag("action") == null
        ? id.withTag(Tag.of("action", "none"))
        : id;
  }
}
