package dev.caretaker.operator;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** The memory of this process, which ends where it runs out: better to stop before. */
final class Heap {
  private static final double NEARLY = 0.85;

  private Heap() {}

  /** Whether what is needed leaves hardly any room, after a collection of what is not. */
  static boolean isShort() {
    if (!nearlyFull()) {
      return false;
    }
    // What that collection found may be gone by now.
    System.gc();
    return nearlyFull();
  }

  /** By the last collection of old objects, if there was one. */
  private static boolean nearlyFull() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
        .map(MemoryPoolMXBean::getCollectionUsage)
        .anyMatch(left -> left.getMax() > 0 && left.getUsed() > NEARLY * left.getMax());
  }
}
