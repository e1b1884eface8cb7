package dev.caretaker.replay;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.UsdPerHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Prices and instance types as files have them; docs/spotfleet.md says which columns.
 *
 * @param prices in the order of the file
 * @param types what is known of each type that has a price
 * @param interruptionsPerMonth of a machine of each type, as a share of one
 */
public record Recorded(
    List<Price> prices,
    SortedMap<MachineType, TypeView> types,
    SortedMap<MachineType, Double> interruptionsPerMonth) {

  /** Spot Advisor's buckets by their middles; the last is open. */
  private static final List<Double> BUCKETS = List.of(0.025, 0.075, 0.125, 0.175, 0.25);

  /**
   * One price.
   *
   * @param zone empty: it holds in every zone
   */
  public record Price(Instant at, MachineType type, Optional<String> zone, UsdPerHour usd) {}

  /** Reads a price file, and a file of instance types where one is given or lies beside it. */
  public static Recorded read(Path prices, Optional<Path> types) throws IOException {
    var read = new ArrayList<Price>();
    var table = Table.read(prices, List.of("date", "type", "usd_per_hour_avg"));
    for (var row : table.rows()) {
      read.add(price(table, row));
    }
    var facts = new TreeMap<MachineType, TypeView>();
    var interruptions = new TreeMap<MachineType, Double>();
    var file = types.or(() -> beside(prices));
    if (file.isPresent()) {
      var known = Table.read(file.get(), List.of("type", "vcpu", "memory_gib"));
      for (var row : known.rows()) {
        var type = type(known, row);
        facts.put(type.type(), type);
        interruptions.put(type.type(), interruptions(row));
      }
    }
    read.forEach(
        each ->
            facts.computeIfAbsent(
                each.type(), type -> new TypeView(type, 0, 0, 0, Optional.empty())));
    return new Recorded(read, facts, interruptions);
  }

  private static Optional<Path> beside(Path prices) {
    var folder = prices.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      return Optional.empty();
    }
    return List.of("instance-types.csv", "../instance-types/instance-types.csv").stream()
        .map(name -> folder.resolve(name).normalize())
        .filter(Files::exists)
        .findFirst();
  }

  private static Price price(Table table, Map<String, String> row) throws IOException {
    var usd = UsdPerHour.read(row.getOrDefault("usd_per_hour_avg", ""));
    if (usd.isEmpty()) {
      throw table.odd(row, "no price");
    }
    return new Price(
        time(table, row),
        new MachineType(row.getOrDefault("type", "")),
        Optional.ofNullable(row.get("zone")),
        usd.get());
  }

  private static Instant time(Table table, Map<String, String> row) throws IOException {
    var text = row.getOrDefault("date", "");
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException odd) {
      throw table.odd(row, "no day or time");
    }
  }

  private static TypeView type(Table table, Map<String, String> row) throws IOException {
    try {
      return new TypeView(
          new MachineType(row.getOrDefault("type", "")),
          Integer.parseInt(row.getOrDefault("vcpu", "0")),
          Double.parseDouble(row.getOrDefault("memory_gib", "0")),
          Double.parseDouble(row.getOrDefault("storage_gb", "0")),
          UsdPerHour.read(row.getOrDefault("on_demand_usd_per_hour_us_east_1", ""))
              .or(() -> UsdPerHour.read(row.getOrDefault("on_demand_usd_per_hour", ""))));
    } catch (NumberFormatException odd) {
      throw table.odd(row, "no number");
    }
  }

  private static double interruptions(Map<String, String> row) {
    var bucket = row.getOrDefault("interruption_bucket_0_to_4", "");
    return bucket.matches("[0-4]") ? BUCKETS.get(Integer.parseInt(bucket)) : 0;
  }
}
