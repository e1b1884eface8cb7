package dev.caretaker.sandbox.market;

import dev.caretaker.fleet.model.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One purchase that was carried out; a repeated request that got the same answer is none.
 *
 * @param token the client token of the request
 * @param tags that the machines got
 * @param template the launch template's name
 * @param asked how many machines were asked for
 */
public record Sale(
    Instant at,
    String token,
    Map<String, String> tags,
    String template,
    int asked,
    List<InstanceId> machines) {
  public Sale {
    tags = Map.copyOf(tags);
    machines = List.copyOf(machines);
  }

  /** The fleet whose tag the machines carry; empty where they carry none. */
  public String fleet() {
    return tags.getOrDefault("caretaker.dev/fleet", "");
  }

  /** The number of the purchase by its tag; empty where there is none. */
  public String purchase() {
    return tags.getOrDefault("caretaker.dev/purchase", "");
  }
}
