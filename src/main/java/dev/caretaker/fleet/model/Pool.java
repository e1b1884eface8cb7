package dev.caretaker.fleet.model;

import java.util.Comparator;

/** Machines of one type in one zone: they share a price and vanish together. */
public record Pool(MachineType type, Zone zone) implements Comparable<Pool> {
  private static final Comparator<Pool> ORDER =
      Comparator.comparing(Pool::type).thenComparing(Pool::zone);

  public static Pool of(String type, String zone) {
    return new Pool(new MachineType(type), new Zone(zone));
  }

  @Override
  public int compareTo(Pool other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return type + " in " + zone;
  }
}
