package dev.caretaker.fleet.model;

import dev.caretaker.kernel.Utility;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What those who work on the machines of a fleet ask it for.
 *
 * @param utility of all of them together; of those who do not say what they need, what they have
 * @param silent why some of them do not say, and what to do; empty where all of them do
 * @param unfit machines that nobody works on and that one of them cannot use, with who says so, as
 *     people know it: such as {@code EtlPipeline coverage}
 */
public record DemandView(
    Utility utility, List<String> silent, SortedMap<InstanceId, String> unfit) {
  public DemandView {
    silent = List.copyOf(silent);
    unfit = Collections.unmodifiableSortedMap(new TreeMap<>(unfit));
  }
}
