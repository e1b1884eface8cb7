package dev.caretaker.elastic.shelter;

import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.NodeView;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The engine's disk watermarks, as percent used or bytes free.
 *
 * @param low above which the engine sends no shards
 * @param high above which it moves shards away
 * @param flood above which it blocks writes to what the node holds
 */
public record Watermarks(boolean enabled, String low, String high, String flood) {
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
  private static final String DISK = "cluster.routing.allocation.disk.";

  public static Watermarks in(ClusterSettings settings) {
    return new Watermarks(
        !"false".equals(settings.inForce(DISK + "threshold_enabled").orElse("true")),
        settings.inForce(DISK + "watermark.low").orElse("85%"),
        settings.inForce(DISK + "watermark.high").orElse("90%"),
        settings.inForce(DISK + "watermark.flood_stage").orElse("95%"));
  }

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

  private static long spare(NodeView.Disk disk, String mark) {
    return disk.free().value() - mustStayFree(disk.total().value(), mark);
  }

  /** A percentage says what may be used, a ratio too; a size says what must stay free. */
  private static long mustStayFree(long total, String mark) {
    var text = mark.strip().toLowerCase(Locale.ROOT);
    if (text.endsWith("%")) {
      return (long) (total * (100 - number(text.substring(0, text.length() - 1))) / 100);
    }
    if (text.matches("[01](\\.\\d+)?")) {
      return (long) (total * (1 - number(text)));
    }
    return bytes(text);
  }

  private static long bytes(String text) {
    var digits = text.replaceAll("[a-z]", "");
    double amount = number(digits);
    return switch (text.replaceAll("[^a-z]", "")) {
      case "k", "kb" -> (long) (amount * (1L << 10));
      case "m", "mb" -> (long) (amount * (1L << 20));
      case "g", "gb" -> (long) (amount * (1L << 30));
      case "t", "tb" -> (long) (amount * (1L << 40));
      case "p", "pb" -> (long) (amount * (1L << 50));
      default -> (long) amount;
    };
  }

  private static double number(String text) {
    return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
  }
}
