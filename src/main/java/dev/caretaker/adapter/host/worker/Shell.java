package dev.caretaker.adapter.host.worker;

import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException;
import java.util.Map;
import java.util.SortedMap;

/** What carries scripts to machines and brings back what they say. */
interface Shell extends AutoCloseable {

  /** What became of a script. */
  sealed interface Said {}

  /**
   * It ended.
   *
   * @param output of both streams
   */
  record Ended(int status, String output) implements Said {}

  /** It was never run, or nobody knows how it ended. */
  record Failed(PortException why) implements Said {}

  /** Runs a script on each machine, at most once, side by side. */
  SortedMap<WorkerId, Said> run(Map<WorkerHost, String> scripts);

  @Override
  void close();
}
