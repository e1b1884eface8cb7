package dev.caretaker.world.market;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A region's spot market in virtual time: prices, capacity of each pool, machines, client tokens,
 * interruptions, and EC2's errors by their codes.
 */
public final class Market extends Clock {
  /** EC2 shows a terminated machine for about an hour. */
  private static final Duration SHOWN = Duration.ofHours(1);

  private final Prices prices = new Prices();
  private final SortedMap<MachineType, TypeView> types = new TreeMap<>();
  private final List<Subnet> subnets = new ArrayList<>();
  private final Set<LaunchTemplate> templates = new HashSet<>();
  private final Map<Pool, Integer> capacity = new TreeMap<>();
  private final Set<Pool> unsupported = new TreeSet<>();
  private final SortedMap<InstanceId, SpotMachine> machines = new TreeMap<>();
  private final Map<String, Answered> tokens = new HashMap<>();
  private final Boots boots;
  private int quota = Integer.MAX_VALUE;
  private boolean permitted = true;
  private long sold;
  private Instant now;

  private record Answered(Purchase purchase, PurchaseAnswer answer) {}

  /** How long a machine takes to come up, and until EC2 describes it. */
  public interface Boots {
    /** Seconds until it runs; very many where it never does. */
    long secondsToRun();

    long secondsToBeSeen();
  }

  public Market(Instant start, Boots boots) {
    this.now = start;
    this.boots = boots;
  }

  public Prices prices() {
    return prices;
  }

  public void type(TypeView type) {
    types.put(type.type(), type);
  }

  public void subnet(Subnet subnet) {
    subnets.add(subnet);
  }

  public void template(LaunchTemplate template) {
    templates.add(template);
  }

  public Set<LaunchTemplate> templates() {
    return Set.copyOf(templates);
  }

  /** How many more of this pool can be sold; without a word, as many as anybody wants. */
  public void capacity(Pool pool, int machines) {
    capacity.put(pool, machines);
  }

  public void unlimited(Pool pool) {
    capacity.remove(pool);
  }

  public void unsupported(Pool pool) {
    unsupported.add(pool);
  }

  /** Whether it can be bought at all. */
  public boolean isSold(Pool pool) {
    return !unsupported.contains(pool);
  }

  public void quota(int most) {
    quota = most;
  }

  public void permitted(boolean may) {
    permitted = may;
  }

  public SortedMap<MachineType, TypeView> types() {
    return types;
  }

  public List<Subnet> subnets() {
    return subnets;
  }

  public Collection<SpotMachine> machines() {
    return machines.values();
  }

  public Optional<SpotMachine> machine(InstanceId id) {
    return Optional.ofNullable(machines.get(id));
  }

  /** Lets time pass: what is due happens. */
  public void advance(Instant to) {
    now = to;
    for (var machine : machines.values()) {
      if (machine.isAlive()) {
        if (machine.takenAt().filter(at -> !at.isAfter(now)).isPresent()) {
          machine.end(now, SpotMachine.End.MARKET);
        } else if (prices.at(machine.pool(), now).filter(machine::isPricedOut).isPresent()) {
          machine.doom(now, now.plusSeconds(120));
        }
      }
    }
    machines.values().removeIf(each -> each.endedAt().filter(this::isForgotten).isPresent());
  }

  private boolean isForgotten(Instant at) {
    return at.plus(SHOWN).isBefore(now);
  }

  /** Takes a machine away, with two minutes' notice or without any. */
  public void interrupt(SpotMachine machine, boolean withNotice) {
    machine.doom(withNotice ? now : Instant.MAX, withNotice ? now.plusSeconds(120) : now);
  }

  /** A machine that somebody else started. */
  public SpotMachine stranger(Pool pool) {
    return launch(pool, Optional.empty(), 0, Optional.empty());
  }

  /** What DescribeInstances showed at a moment, which may be past. */
  public List<MachineView> describe(Instant at) {
    return machines.values().stream()
        .filter(machine -> machine.isVisible(at))
        .map(machine -> machine.view(at))
        .toList();
  }

  PurchaseAnswer buy(Purchase purchase) {
    var before = tokens.get(purchase.token());
    if (before != null) {
      return before.purchase().equals(purchase)
          ? before.answer()
          : refused(purchase, "IdempotentParameterMismatch", "the token was used otherwise");
    }
    var answer = sell(purchase);
    tokens.put(purchase.token(), new Answered(purchase, answer));
    return answer;
  }

  /** Sells what there is of it, without a look at its token. */
  public PurchaseAnswer sell(Purchase purchase) {
    var wrong = wrong(purchase);
    if (wrong.isPresent()) {
      return refused(purchase, wrong.get(), "see the code");
    }
    var price = prices.at(purchase.pool(), now);
    if (price.isEmpty()
        || purchase.mostUsd().filter(most -> price.get().isMoreThan(most)).isPresent()) {
      return refused(purchase, "SpotMaxPriceTooLow", "the price is " + price);
    }
    var bought = new ArrayList<InstanceId>();
    var errors = new ArrayList<PurchaseError>();
    for (int i = 0; i < purchase.count(); i++) {
      var full = full(purchase.pool());
      if (full.isPresent()) {
        errors.add(PurchaseError.of(full.get(), "no more of " + purchase.pool()));
        break;
      }
      capacity.computeIfPresent(purchase.pool(), (pool, left) -> left - 1);
      bought.add(
          launch(
                  purchase.pool(),
                  Optional.of(purchase.fleet().uid()),
                  purchase.number(),
                  purchase.mostUsd())
              .id());
    }
    return new PurchaseAnswer(purchase.number(), bought, errors);
  }

  private Optional<String> wrong(Purchase purchase) {
    if (!permitted) {
      return Optional.of("UnauthorizedOperation");
    }
    if (!templates.contains(purchase.template())) {
      return Optional.of("InvalidLaunchTemplateName.NotFoundException");
    }
    if (!types.containsKey(purchase.pool().type())) {
      return Optional.of("InvalidInstanceType");
    }
    if (subnets.stream().noneMatch(each -> isOf(each, purchase))) {
      return Optional.of("InvalidSubnetID.NotFound");
    }
    return unsupported.contains(purchase.pool()) ? Optional.of("Unsupported") : Optional.empty();
  }

  private static boolean isOf(Subnet subnet, Purchase purchase) {
    return subnet.id().equals(purchase.subnet()) && subnet.zone().equals(purchase.pool().zone());
  }

  private Optional<String> full(Pool pool) {
    if (machines.values().stream().filter(SpotMachine::isAlive).count() >= quota) {
      return Optional.of("MaxSpotInstanceCountExceeded");
    }
    return capacity.getOrDefault(pool, 1) < 1
        ? Optional.of("InsufficientInstanceCapacity")
        : Optional.empty();
  }

  private static PurchaseAnswer refused(Purchase purchase, String code, String message) {
    return new PurchaseAnswer(
        purchase.number(), List.of(), List.of(PurchaseError.of(code, message)));
  }

  private SpotMachine launch(
      Pool pool, Optional<String> fleet, long purchase, Optional<UsdPerHour> mostUsd) {
    sold++;
    var machine =
        new SpotMachine(
            new InstanceId(String.format("i-%08x", sold)),
            pool,
            fleet,
            purchase,
            now,
            now.plusSeconds(boots.secondsToRun()),
            now.plusSeconds(boots.secondsToBeSeen()),
            mostUsd);
    machines.put(machine.id(), machine);
    return machine;
  }

  /**
   * All or none, as EC2 does.
   *
   * @throws PortException REFUSED where one does not exist
   */
  public void terminate(Set<InstanceId> ids) throws PortException {
    for (var id : ids) {
      var machine = machines.get(id);
      if (machine == null || !machine.isVisible(now)) {
        throw new PortException(
            PortException.Kind.REFUSED, "InvalidInstanceID.NotFound: " + id + " does not exist");
      }
    }
    ids.forEach(id -> machine(id).ifPresent(each -> each.end(now, SpotMachine.End.OWNER)));
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
