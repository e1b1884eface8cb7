package dev.caretaker.bench;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.PipelineDemand;
import dev.caretaker.pipeline.demand.Sharing;
import dev.caretaker.pipeline.demand.Sharing.Claim;
import dev.caretaker.pipeline.demand.Sharing.Machine;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.WorkerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Plays one rule on a trace. A machine is paid from its start, works three to eight minutes later,
 * and is stopped at once; the money allows so many at each moment. What waits at the end is worked
 * off at the last price.
 */
final class FlowPlay {
  /** As long as a SpotFleet waits before it takes back what is more than wanted. */
  private static final int SURPLUS_STANDS = 10;

  /** A program is stopped here and started there. */
  private static final int MOVE = 2;

  private static final int NOBODY = -1;

  /** What a rule came to. */
  record Outcome(
      String rule, double usd, double bound, long starts, long expired, double late, long moves) {
    double over() {
      return 100 * (usd / bound - 1);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %s | %.0f | %+.1f %% | %d | %d | %.2f %% | %d |",
          rule,
          usd,
          over(),
          starts,
          expired,
          late,
          moves);
    }
  }

  private static final class Host {
    private final WorkerId id;
    private final int bootedAt;
    private int worksAt;
    private int owner;

    private Host(long number, int bootedAt, int owner) {
      this.id = new WorkerId(String.format(Locale.ROOT, "i-%08d", number));
      this.bootedAt = bootedAt;
      this.worksAt = bootedAt;
      this.owner = owner;
    }
  }

  private final FlowTrace trace;
  private final FlowRule rule;
  private final Random chance;
  private final List<FlowQueue> queues;
  private final List<Host> hosts = new ArrayList<>();
  private final double[] wishes = new double[FlowCase.BOTH.size()];
  private long starts;
  private long moves;
  private double usd;
  private int surplusSince = Integer.MAX_VALUE;

  private FlowPlay(FlowTrace trace, FlowRule rule, long seed) {
    this.trace = trace;
    this.rule = rule;
    chance = new Random(seed);
    queues = FlowCase.BOTH.stream().map(each -> new FlowQueue(each, chance)).toList();
  }

  static Outcome of(FlowTrace trace, FlowRule rule, long seed) {
    return new FlowPlay(trace, rule, seed).play();
  }

  private Outcome play() {
    for (int minute = 0; minute < trace.minutes(); minute++) {
      for (int pipeline = 0; pipeline < queues.size(); pipeline++) {
        var queue = queues.get(pipeline);
        queue.send(minute, trace.arrivals(pipeline, minute));
        double pace = FlowCase.PER_UTILITY_HOUR / 60 * (1 + 0.05 * chance.nextGaussian());
        queue.work(minute, pace * working(pipeline, minute), !FlowBound.isAffected(trace, minute));
        queue.expire(minute);
        queue.close(minute);
        wishes[pipeline] = Math.max(0, rule.wish(pipeline, minute, look(pipeline, minute)));
      }
      provide(minute);
      usd += hosts.size() * trace.price(minute) / 60;
    }
    long left = queues.stream().mapToLong(FlowQueue::backlog).sum();
    double rest = left * FlowCase.machineHours() * trace.price(trace.minutes() - 1);
    long finished = queues.stream().mapToLong(FlowQueue::finished).sum();
    long late = queues.stream().mapToLong(FlowQueue::late).sum();
    long expired = queues.stream().mapToLong(FlowQueue::expired).sum();
    return new Outcome(
        rule.name(),
        usd + rest,
        FlowBound.usd(trace),
        starts,
        expired,
        100.0 * late / finished,
        moves);
  }

  private double working(int pipeline, int minute) {
    return utility(pipeline, each -> each.worksAt <= minute);
  }

  private double utility(int pipeline, Predicate<Host> which) {
    return FlowCase.MACHINE
        * hosts.stream().filter(each -> each.owner == pipeline).filter(which).count();
  }

  private FlowRule.Look look(int pipeline, int minute) {
    var queue = queues.get(pipeline);
    double working = working(pipeline, minute);
    long inFlight = Math.min(queue.backlog(), (long) working);
    double present = utility(pipeline, each -> each.bootedAt <= minute);
    double pending =
        FlowCase.MACHINE * hosts.stream().filter(each -> each.bootedAt > minute).count();
    return new FlowRule.Look(
        queue.backlog() - inFlight,
        inFlight,
        queue.oldest(minute),
        queue.counts(minute),
        working,
        present,
        pending,
        (int) hosts.stream().filter(each -> each.owner == pipeline).count());
  }

  private void provide(int minute) {
    int affordable = (int) (trace.budget(minute) / trace.price(minute));
    if (rule.shares()) {
      provideTogether(minute, affordable);
      return;
    }
    double sum = 0;
    for (double wish : wishes) {
      sum += machines(wish);
    }
    for (int pipeline = 0; pipeline < wishes.length; pipeline++) {
      int wanted = machines(wishes[pipeline]);
      int given = sum > affordable ? (int) (wanted * affordable / sum) : wanted;
      int owner = pipeline;
      resize(minute, given, hosts.stream().filter(each -> each.owner == owner).toList(), owner);
    }
  }

  private static int machines(double wish) {
    return (int) Math.ceil(wish / FlowCase.MACHINE - 1e-9);
  }

  private void provideTogether(int minute, int affordable) {
    double sum = 0;
    for (double wish : wishes) {
      sum += wish;
    }
    int wanted = machines(sum);
    surplusSince = wanted < hosts.size() ? Math.min(surplusSince, minute) : Integer.MAX_VALUE;
    boolean stands = wanted == 0 || minute - surplusSince >= SURPLUS_STANDS;
    int next = wanted < hosts.size() && !stands ? hosts.size() : wanted;
    resize(minute, Math.min(next, affordable), List.copyOf(hosts), NOBODY);
    share(minute);
  }

  private void resize(int minute, int wanted, List<Host> own, int owner) {
    for (int i = own.size(); i < wanted; i++) {
      hosts.add(new Host(++starts, minute + 3 + chance.nextInt(6), owner));
    }
    own.stream()
        .sorted(
            Comparator.comparing((Host each) -> each.owner != NOBODY)
                .thenComparing(each -> each.id, Comparator.reverseOrder()))
        .limit(Math.max(0, own.size() - wanted))
        .forEach(hosts::remove);
  }

  private void share(int minute) {
    var here = hosts.stream().filter(each -> each.bootedAt <= minute).toList();
    var machines = here.stream().map(FlowPlay::machine).toList();
    var claims = new ArrayList<Claim>();
    for (int pipeline = 0; pipeline < wishes.length; pipeline++) {
      var demand =
          new PipelineDemand(
              Utility.of(wishes[pipeline]),
              new Reason("Benchmark", rule.name()),
              rule.expiresAt(pipeline));
      claims.add(new Claim(FlowCase.BOTH.get(pipeline).id(), demand));
    }
    var owners = Sharing.of(machines, claims);
    for (var host : here) {
      var owner = Optional.ofNullable(owners.get(host.id));
      int next = owner.map(FlowPlay::index).orElse(NOBODY);
      if (next != host.owner) {
        moves += host.owner == NOBODY ? 0 : 1;
        host.worksAt = minute + MOVE;
        host.owner = next;
      }
    }
  }

  private static Machine machine(Host host) {
    var owner =
        host.owner == NOBODY
            ? Optional.<PipelineId>empty()
            : Optional.of(FlowCase.BOTH.get(host.owner).id());
    return new Machine(host.id, Utility.of(FlowCase.MACHINE), owner);
  }

  private static int index(PipelineId id) {
    return FlowCase.BOTH.stream().map(FlowCase::id).toList().indexOf(id);
  }
}
