package dev.caretaker.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A CSV file with a line of names, plain or gzipped; values hold no commas. */
record Table(Path file, List<Map<String, String>> rows) {

  /** Reads a file that has at least these columns. */
  static Table read(Path file, List<String> needed) throws IOException {
    var rows = new ArrayList<Map<String, String>>();
    try (var lines =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      var header = lines.readLine();
      var names = List.of((header == null ? "" : header).split(",", -1));
      if (!names.containsAll(needed)) {
        throw new IOException(file + " has the columns " + names + "; it needs " + needed);
      }
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var values = line.split(",", -1);
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < Math.min(values.length, names.size()); i++) {
          row.put(names.get(i), values[i]);
        }
        rows.add(row);
      }
    }
    return new Table(file, rows);
  }

  private static InputStream open(Path file) throws IOException {
    var bytes = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
  }

  IOException odd(Map<String, String> row, String what) {
    return new IOException(file + ": " + what + " in " + String.join(",", row.values()));
  }
}
