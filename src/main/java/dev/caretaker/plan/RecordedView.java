package dev.caretaker.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.kernel.Observed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read of a cluster, kept in a file to plan on. It has names of nodes and indices, sizes
 * and settings in it, and no documents.
 *
 * @param format of this file, {@value #FORMAT}
 * @param serving empty where the probe query said nothing
 * @param unseen nodes whose host did not answer, with the cause
 * @param machines of fleets, with what their fleets ask of them
 * @param recoveries from which the cluster's speed can be told; none where it does not tell
 */
public record RecordedView(
    int format,
    Instant readAt,
    ClusterView cluster,
    Optional<Boolean> serving,
    SortedMap<NodeName, HostProcess> processes,
    SortedMap<NodeName, String> unseen,
    List<SpotMachine> machines,
    List<Recovery> recoveries) {
  private static final int FORMAT = 3;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addKeyDeserializer(NodeName.class, new NodeKeys())
                  .addKeyDeserializer(ShardId.class, new ShardKeys()))
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  public RecordedView {
    processes = Collections.unmodifiableSortedMap(new TreeMap<>(processes));
    unseen = Collections.unmodifiableSortedMap(new TreeMap<>(unseen));
    machines = List.copyOf(machines);
    recoveries = List.copyOf(recoveries);
  }

  /** A view as it is recorded; empty where the cluster could not be read. */
  public static Optional<RecordedView> of(EsView view, List<Recovery> recoveries) {
    var processes = new TreeMap<NodeName, HostProcess>();
    var unseen = new TreeMap<NodeName, String>();
    view.processes()
        .forEach(
            (node, process) -> {
              if (process instanceof Observed.Unknown<HostProcess> unknown) {
                unseen.put(node, unknown.cause());
              } else {
                process.ifKnown().ifPresent(known -> processes.put(node, known));
              }
            });
    return view.cluster()
        .ifKnown()
        .map(
            cluster ->
                new RecordedView(
                    FORMAT,
                    view.readAt(),
                    cluster,
                    view.serving().ifKnown(),
                    processes,
                    unseen,
                    view.machines(),
                    recoveries));
  }

  /** The view, as a pass would have read it then. */
  public EsView view() {
    var hosts = new TreeMap<NodeName, Observed<HostProcess>>();
    processes.forEach((node, process) -> hosts.put(node, Observed.known(process)));
    unseen.forEach((node, cause) -> hosts.put(node, Observed.unknown(cause)));
    Observed<Boolean> served =
        serving.isPresent()
            ? Observed.known(serving.get())
            : Observed.unknown("the probe query said nothing when this view was recorded");
    return new EsView(readAt, Observed.known(cluster), served, hosts, List.of(), machines);
  }

  /** The text of the file. */
  public String text() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  /**
   * Reads a file.
   *
   * @throws IOException saying what is wrong with it
   */
  public static RecordedView read(Path file) throws IOException {
    try {
      var view = JSON.readValue(Files.readString(file), RecordedView.class);
      if (view.format() != FORMAT) {
        throw new IOException(
            "%s has format %d, and this Caretaker reads %d: record it anew with caretaker observe"
                .formatted(file, view.format(), FORMAT));
      }
      return view;
    } catch (JsonProcessingException odd) {
      throw new IOException(file + " is no recorded view: " + odd.getOriginalMessage(), odd);
    }
  }

  private static final class NodeKeys extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return new NodeName(key);
    }
  }

  /** {@code index[number]}. */
  private static final class ShardKeys extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      int at = key.lastIndexOf('[');
      if (at < 0 || !key.substring(at).matches("\\[\\d{1,9}]")) {
        return context.handleWeirdKey(ShardId.class, key, "not a shard such as index[0]");
      }
      return new ShardId(
          key.substring(0, at), Integer.parseInt(key.substring(at + 1, key.length() - 1)));
    }
  }
}
