package dev.caretaker.fleet.model;

import dev.caretaker.kernel.Utility;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What those who work on the machines of a fleet ask it for.
 *
 * @param utility of all of them together
 * @param unfit machines that nobody works on and that one of them cannot use, with who says so, as
 *     people know it: such as {@code EtlPipeline coverage}
 */
public record DemandView(Utility utility, SortedMap<InstanceId, String> unfit) {
  public DemandView {
    unfit = Collections.unmodifiableSortedMap(new TreeMap<>(unfit));
  }
}
