package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose a machine is where several pipelines share a fleet. Each gets what it asks for; where that
 * is not there, whoever's oldest message expires first is served first. Machines are whole, and
 * stay where they are unless somebody needs them elsewhere.
 */
public final class Sharing {
  /**
   * Deadlines of the same hour are one: else two pipelines that are equally near would take the
   * machines from each other with each message.
   */
  private static final Duration ALIKE = Duration.ofHours(1);

  private final TreeMap<WorkerId, Machine> machines = new TreeMap<>();
  private final TreeMap<WorkerId, PipelineId> owners = new TreeMap<>();
  private final List<Claim> claims;

  private Sharing(List<Machine> machines, List<Claim> claims) {
    machines.forEach(each -> this.machines.put(each.id(), each));
    this.claims = claims.stream().sorted(Claim.FIRST_SERVED).toList();
  }

  /**
   * A machine of the fleet.
   *
   * @param owner who works there now
   * @param unfitFor who cannot use it
   */
  public record Machine(
      WorkerId id, Utility utility, Optional<PipelineId> owner, Set<PipelineId> unfitFor) {
    public Machine {
      unfitFor = Set.copyOf(unfitFor);
    }

    /** A machine that everybody can use. */
    public Machine(WorkerId id, Utility utility, Optional<PipelineId> owner) {
      this(id, utility, owner, Set.of());
    }
  }

  /** What one pipeline asks for. */
  public record Claim(PipelineId pipeline, PipelineDemand demand) {
    private static final Comparator<PipelineId> BY_NAME =
        Comparator.comparing(PipelineId::namespace)
            .thenComparing(PipelineId::name)
            .thenComparing(PipelineId::uid);
    static final Comparator<Claim> FIRST_SERVED =
        Comparator.comparingLong(Claim::deadline).thenComparing(Claim::pipeline, BY_NAME);

    private long deadline() {
      return demand
          .expiresAt()
          .map(at -> Math.floorDiv(at.getEpochSecond(), ALIKE.toSeconds()))
          .orElse(Long.MAX_VALUE);
    }
  }

  /** What the fleet is asked for: the sum of what its pipelines ask for. */
  public static Utility total(Collection<PipelineDemand> demands) {
    return demands.stream().map(PipelineDemand::utility).reduce(Utility.ZERO, Utility::plus);
  }

  /** Who works where from now on; machines that nobody needs are not in it. */
  public static SortedMap<WorkerId, PipelineId> of(List<Machine> machines, List<Claim> claims) {
    return new Sharing(machines, claims).shared();
  }

  private SortedMap<WorkerId, PipelineId> shared() {
    var shares = shares();
    machines.values().forEach(machine -> keep(machine, shares));
    // Each exchange brings both nearer to their shares, so that this ends; the bound is a belt.
    for (int i = 0; i <= machines.size() * claims.size(); i++) {
      if (claims.stream().noneMatch(claim -> takes(claim.pipeline(), shares))) {
        break;
      }
    }
    return owners;
  }

  /** Whoever asks for nothing has nothing; whoever has too much keeps it until it is needed. */
  private void keep(Machine machine, Map<PipelineId, Long> shares) {
    machine
        .owner()
        .filter(owner -> shares.getOrDefault(owner, 0L) > 0)
        .filter(owner -> !machine.unfitFor().contains(owner))
        .ifPresent(owner -> owners.put(machine.id(), owner));
  }

  /** What each may have, in thousandths: by deadline, and in proportion where that is the same. */
  private Map<PipelineId, Long> shares() {
    var shares = new TreeMap<PipelineId, Long>(Claim.BY_NAME);
    long left =
        machines.values().stream()
            .filter(this::isUseful)
            .mapToLong(each -> each.utility().thousandths())
            .sum();
    var alike = new TreeMap<Long, List<Claim>>();
    claims.forEach(
        each -> alike.computeIfAbsent(each.deadline(), key -> new ArrayList<>()).add(each));
    for (var group : alike.values()) {
      long asked = group.stream().mapToLong(this::asked).sum();
      double part = asked <= left ? 1 : (double) left / asked;
      for (var claim : group) {
        shares.put(claim.pipeline(), (long) (part * asked(claim)));
      }
      left -= Math.min(left, asked);
    }
    return shares;
  }

  private boolean isUseful(Machine machine) {
    return claims.stream().anyMatch(each -> !machine.unfitFor().contains(each.pipeline()));
  }

  /** What is asked for; whoever cannot use some of the machines has no share of those. */
  private long asked(Claim claim) {
    long asked = claim.demand().utility().thousandths();
    var pipeline = claim.pipeline();
    if (machines.values().stream().noneMatch(each -> each.unfitFor().contains(pipeline))) {
      return asked;
    }
    long usable =
        machines.values().stream()
            .filter(each -> !each.unfitFor().contains(pipeline))
            .mapToLong(each -> each.utility().thousandths())
            .sum();
    return Math.min(asked, usable);
  }

  /** Takes one machine that nobody has, or one that another can spare, if the share asks for it. */
  private boolean takes(PipelineId pipeline, Map<PipelineId, Long> shares) {
    long missing = shares.getOrDefault(pipeline, 0L) - has(pipeline);
    var next = missing > 0 ? best(pipeline, missing, shares) : Optional.<Machine>empty();
    next.ifPresent(machine -> owners.put(machine.id(), pipeline));
    return next.isPresent();
  }

  /** The smallest that is enough, or the largest; one that nobody has before all others. */
  private Optional<Machine> best(PipelineId to, long missing, Map<PipelineId, Long> shares) {
    return machines.values().stream()
        .filter(each -> mayTake(each, to, missing, shares))
        .min(
            Comparator.comparing((Machine each) -> owners.containsKey(each.id()))
                .thenComparing(each -> each.utility().thousandths() < missing)
                .thenComparingLong(
                    each ->
                        each.utility().thousandths() < missing
                            ? -each.utility().thousandths()
                            : each.utility().thousandths())
                .thenComparing(Machine::id));
  }

  /**
   * A machine changes hands where more than half of it is missing, and both together are nearer to
   * their shares afterwards.
   */
  private boolean mayTake(
      Machine machine, PipelineId to, long missing, Map<PipelineId, Long> shares) {
    if (machine.unfitFor().contains(to)) {
      return false;
    }
    var owner = owners.get(machine.id());
    if (owner == null) {
      return true;
    }
    long each = machine.utility().thousandths();
    long spare = has(owner) - shares.getOrDefault(owner, 0L);
    return !owner.equals(to) && 2 * missing > each && missing + spare > each;
  }

  private long has(PipelineId pipeline) {
    return machines.values().stream()
        .filter(each -> pipeline.equals(owners.get(each.id())))
        .mapToLong(each -> each.utility().thousandths())
        .sum();
  }
}
