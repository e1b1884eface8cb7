package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SpotInstanceRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Reads the machines of a fleet. Its own carry its UID; a stranger carries its namespace and name
 * without that UID, such as one that a deleted fleet of the same name left behind. Machines that
 * people start from the launch template carry neither and are not seen.
 */
final class MachineReading {
  /** What EC2 takes in one filter. */
  private static final int MOST_VALUES = 200;

  private static final int PAGE = 1000;
  private static final Duration NOTICE = Duration.ofMinutes(2);
  private static final String MARKED = "marked-for-termination";

  /** A machine runs on for two minutes under such a code. */
  private static final String TERMINATED = "instance-terminated-";

  private final Ec2Client client;

  MachineReading(Ec2Client client) {
    this.client = client;
  }

  List<MachineView> read(FleetId fleet) {
    var found = new TreeMap<InstanceId, Instance>();
    find(Tags.own(fleet), found);
    find(Tags.namesake(fleet), found);
    var notices = notices(found);
    var machines = new ArrayList<MachineView>();
    found.forEach(
        (id, instance) ->
            machines.add(view(id, instance, Optional.ofNullable(notices.get(id.value())))));
    return machines;
  }

  /** Asked for by a filter: unlike an id, a value of a filter that nothing has is no error. */
  Set<InstanceId> alive(Set<InstanceId> ids) {
    var all = ids.stream().map(InstanceId::value).toList();
    var found = new TreeMap<InstanceId, Instance>();
    for (var part : parts(all)) {
      find(List.of(Tags.filter("instance-id", part)), found);
    }
    found.values().removeIf(each -> !isAlive(state(each)));
    return found.keySet();
  }

  /** As many at once as EC2 takes. */
  private static List<List<String>> parts(List<String> all) {
    var parts = new ArrayList<List<String>>();
    for (int from = 0; from < all.size(); from += MOST_VALUES) {
      parts.add(all.subList(from, Math.min(from + MOST_VALUES, all.size())));
    }
    return parts;
  }

  private void find(List<Filter> filters, SortedMap<InstanceId, Instance> found) {
    client
        .describeInstancesPaginator(each -> each.filters(filters).maxResults(PAGE))
        .reservations()
        .forEach(
            reservation ->
                reservation
                    .instances()
                    .forEach(each -> found.put(new InstanceId(each.instanceId()), each)));
  }

  /** When EC2 takes machines away, by their ids; the queue tells sooner, but may lose a message. */
  private Map<String, Instant> notices(SortedMap<InstanceId, Instance> found) {
    var requests =
        found.values().stream()
            .filter(each -> isAlive(state(each)) && each.spotInstanceRequestId() != null)
            .map(Instance::spotInstanceRequestId)
            .toList();
    var notices = new HashMap<String, Instant>();
    for (var ids : parts(requests)) {
      client
          .describeSpotInstanceRequestsPaginator(
              each -> each.filters(Tags.filter("spot-instance-request-id", ids)))
          .spotInstanceRequests()
          .forEach(
              each ->
                  leavesAt(each)
                      .ifPresent(at -> notices.put(String.valueOf(each.instanceId()), at)));
    }
    return notices;
  }

  private static Optional<Instant> leavesAt(SpotInstanceRequest request) {
    var status = request.status();
    if (status == null || status.code() == null || status.updateTime() == null) {
      return Optional.empty();
    }
    boolean leaves = status.code().equals(MARKED) || status.code().startsWith(TERMINATED);
    return leaves ? Optional.of(status.updateTime().plus(NOTICE)) : Optional.empty();
  }

  private static MachineView view(InstanceId id, Instance instance, Optional<Instant> leavesAt) {
    var placement = instance.placement();
    var zone = placement == null ? null : placement.availabilityZone();
    return new MachineView(
        id,
        Pool.of(instance.instanceTypeAsString(), Objects.requireNonNullElse(zone, "")),
        state(instance),
        instance.launchTime(),
        Tags.value(instance.tags(), Tags.FLEET),
        purchase(instance.tags()),
        leavesAt,
        Optional.empty(),
        Optional.ofNullable(instance.privateIpAddress()).filter(each -> !each.isEmpty()));
  }

  private static long purchase(List<Tag> tags) {
    try {
      return Long.parseLong(Tags.value(tags, Tags.PURCHASE).orElse("0"));
    } catch (NumberFormatException edited) {
      return 0;
    }
  }

  private static boolean isAlive(State state) {
    return state == State.PENDING || state == State.RUNNING;
  }

  /** A state that this version does not know costs money until it is known not to. */
  private static State state(Instance instance) {
    var state = instance.state();
    if (state == null) {
      return State.RUNNING;
    }
    return switch (state.name()) {
      case PENDING -> State.PENDING;
      case RUNNING, UNKNOWN_TO_SDK_VERSION -> State.RUNNING;
      case SHUTTING_DOWN, STOPPING, STOPPED -> State.SHUTTING_DOWN;
      case TERMINATED -> State.TERMINATED;
    };
  }
}
