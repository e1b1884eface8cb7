package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.kernel.Bytes;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The engine's disk watermarks, as percent used or bytes free.
 *
 * @param low above which the engine sends no shards
 * @param high above which it moves shards away
 * @param flood above which it blocks writes to what the node holds
 */
public record Watermarks(boolean enabled, Watermark low, Watermark high, Watermark flood) {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
  private static final String DISK = "cluster.routing.allocation.disk.";

  public static Watermarks in(ClusterSettings settings) {
    return new Watermarks(
        !"false".equals(settings.inForce(DISK + "threshold_enabled").orElse("true")),
        mark(settings, "low", "85%"),
        mark(settings, "high", "90%"),
        mark(settings, "flood_stage", "95%"));
  }

  private static Watermark mark(ClusterSettings settings, String name, String otherwise) {
    var key = DISK + "watermark." + name;
    return new Watermark(
        settings.inForce(key).orElse(otherwise), settings.inForce(key + ".max_headroom"));
  }

  /**
   * One watermark.
   *
   * @param value percent used, a ratio used, or a size that must stay free
   * @param maxHeadroom the most that a percentage or ratio asks to stay free (ES 8); -1 for no
   *     bound
   */
  public record Watermark(String value, Optional<String> maxHeadroom) {}

  /** Bytes that fit on the disk before the high watermark; not negative. */
  public long spareUnderHigh(NodeView.Disk disk) {
    return enabled ? Math.max(0, spare(disk, high)) : disk.free().value();
  }

  /** Whether the engine moves copies away from it by itself. */
  boolean isAboveHigh(NodeView.Disk disk) {
    return enabled && spare(disk, high) < 0;
  }

  /** Bytes that fit before the low watermark; negative above it, where nothing at all may come. */
  long leftUnderLow(NodeView.Disk disk) {
    return spare(disk, low);
  }

  /** Bytes that the engine may decide to send there; not negative. */
  public long spareUnderLow(NodeView.Disk disk) {
    return enabled ? Math.max(0, spare(disk, low)) : disk.free().value();
  }

  /** Bytes that fit on the disk before writes are blocked; not negative. */
  public long spareUnderFlood(NodeView.Disk disk) {
    return enabled ? Math.max(0, spare(disk, flood)) : disk.free().value();
  }

  private static long spare(NodeView.Disk disk, Watermark mark) {
    return disk.free().value() - mustStayFree(disk.total().value(), mark);
  }

  /** A percentage says what may be used, a ratio too; a size says what must stay free. */
  private static long mustStayFree(long total, Watermark mark) {
    var text = mark.value().strip().toLowerCase(Locale.ROOT);
    if (text.endsWith("%")) {
      double used = number(text.substring(0, text.length() - 1));
      return bounded((long) (total * (100 - used) / 100), mark);
    }
    if (text.matches("[01](\\.\\d+)?")) {
      return bounded((long) (total * (1 - number(text))), mark);
    }
    return bytes(text);
  }

  /** On a large disk a percentage would ask for more than the engine does. */
  private static long bounded(long free, Watermark mark) {
    return mark.maxHeadroom()
        .filter(most -> !most.strip().startsWith("-"))
        .map(most -> Math.min(free, bytes(most)))
        .orElse(free);
  }

  private static long bytes(String text) {
    return Bytes.read(text).orElse(Bytes.ZERO).value();
  }

  private static double number(String text) {
    return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }
}
