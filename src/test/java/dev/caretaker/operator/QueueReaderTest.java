package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.Announcement;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.fleet.model.Notice.Kind;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.QueuedMessage;
import dev.caretaker.operator.Notices.Owner;
import dev.caretaker.port.NoticePort;
import dev.caretaker.port.PortException;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.MarketPort;
import dev.caretaker.world.market.SpotMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One queue, one fleet, one market; time is the market's. */
class QueueReaderTest {
  private static final String REGION = "us-west-2";
  private static final Owner FLEET = new Owner(Notices.Kind.FLEET, REGION, "default", "es");

  private final Market market = new Market(Instant.parse("2026-11-20T12:00:00Z"), new LateBoots());
  private final List<Owner> woken = new ArrayList<>();
  private final Notices notices = new Notices(market, woken::add);
  private final FakeQueue queue = new FakeQueue();
  private final QueueReader reader =
      new QueueReader(REGION, "events", queue, new MarketPort(market), notices, market);

  QueueReaderTest() {
    notices.expect(FLEET);
  }

  /** EC2 shows a machine a minute after it was sold. */
  private static final class LateBoots implements Market.Boots {
    @Override
    public long secondsToRun() {
      return 30;
    }

    @Override
    public long secondsToBeSeen() {
      return 60;
    }
  }

  /** Gives everything again that was not deleted, as without a visibility time-out. */
  private static final class FakeQueue implements NoticePort {
    private final Map<String, Announcement> messages = new LinkedHashMap<>();

    @Override
    public List<QueuedMessage> receive() {
      return messages.entrySet().stream()
          .map(each -> new QueuedMessage(each.getKey(), each.getKey(), each.getValue()))
          .toList();
    }

    @Override
    public void delete(Collection<String> receipts) {
      messages.keySet().removeAll(receipts);
    }
  }

  private Notice notice(InstanceId machine, Kind kind, Instant at) {
    var leavesAt =
        kind == Kind.INTERRUPTION ? Optional.of(at.plusSeconds(120)) : Optional.<Instant>empty();
    return new Notice(machine, kind, at, leavesAt);
  }

  private void send(String id, Notice notice) {
    queue.messages.put(id, new Announcement.News(notice));
  }

  private void later(int seconds) {
    market.advance(market.instant().plusSeconds(seconds));
  }

  /** The fleet looks, sees what EC2 shows of its machines, and that is saved. */
  private void fleetLooks(Set<InstanceId> machines) {
    later(1);
    notices.lookedAt(FLEET, market.instant(), machines);
    later(1);
  }

  private Optional<MachineView> seen(SpotMachine machine) {
    return market.describe(market.instant()).stream()
        .filter(each -> each.id().equals(machine.id()))
        .map(notices::noticed)
        .findFirst();
  }

  @Test
  void neverDeletesTheNoticeOfAMachineThatWasBoughtASecondAgo() throws PortException {
    var young = market.stranger(Pool.of("m5.large", "a"));
    send("1", notice(young.id(), Kind.INTERRUPTION, market.instant()));

    reader.step();
    fleetLooks(Set.of());
    reader.step();

    assertThat(seen(young)).isEmpty();
    assertThat(queue.messages).containsKey("1");
    later(60);
    assertThat(seen(young).flatMap(MachineView::leavesAt)).isPresent();
    fleetLooks(Set.of(young.id()));
    reader.step();
    assertThat(queue.messages).isEmpty();
  }

  @Test
  void shouldDeleteTheNoticeOfAMachineThatIsGoneWhenItsTimeIsOver() throws PortException {
    send("1", notice(new InstanceId("i-0000ffff"), Kind.INTERRUPTION, market.instant()));
    reader.step();
    fleetLooks(Set.of());

    reader.step();
    assertThat(queue.messages).containsKey("1");
    later(120);
    assertThat(reader.step()).isTrue();
    assertThat(queue.messages).isEmpty();
  }

  @Test
  void shouldKeepARecommendationUntilItsOwnerHasSavedIt() throws PortException {
    var machine = market.stranger(Pool.of("m5.large", "a"));
    later(90);
    fleetLooks(Set.of(machine.id()));
    var said = market.instant();
    send("1", notice(machine.id(), Kind.REBALANCE, said));

    reader.step();
    assertThat(woken).contains(FLEET);
    assertThat(queue.messages).containsKey("1");
    assertThat(seen(machine).flatMap(MachineView::advisedAt)).contains(said);
    fleetLooks(Set.of(machine.id()));
    reader.step();
    assertThat(queue.messages).isEmpty();
  }

  @Test
  void shouldDeleteARecommendationOfNobodysMachineAndWakeNobody() throws PortException {
    send("1", notice(new InstanceId("i-0000ffff"), Kind.REBALANCE, market.instant()));

    reader.step();

    assertThat(queue.messages).isEmpty();
    assertThat(woken).isEmpty();
  }

  @Test
  void shouldForgetARecommendationAfterAnHour() {
    var machine = market.stranger(Pool.of("m5.large", "a"));
    notices.announce(REGION, notice(machine.id(), Kind.REBALANCE, market.instant()));

    later(3599);
    assertThat(seen(machine).flatMap(MachineView::advisedAt)).isPresent();
    later(1);
    assertThat(seen(machine).flatMap(MachineView::advisedAt)).isEmpty();
  }

  /** Two minutes from when it was heard: nobody is doomed for years by a wrong clock. */
  @Test
  void neverBelievesANoticeFromTheFuture() {
    var machine = market.stranger(Pool.of("m5.large", "a"));
    var years = market.instant().plusSeconds(100_000_000);

    notices.announce(REGION, notice(machine.id(), Kind.INTERRUPTION, years));

    assertThat(notices.leavesAt(machine.id())).contains(market.instant().plusSeconds(120));
  }

  @Test
  void shouldBelieveASecondNoticeThoughEc2DidNotKeepTheFirst() {
    var machine = new InstanceId("i-1");
    var first = market.instant();
    notices.announce(REGION, notice(machine, Kind.INTERRUPTION, first));
    later(240);
    var second = market.instant();

    notices.announce(REGION, notice(machine, Kind.INTERRUPTION, second));
    notices.announce(REGION, notice(machine, Kind.INTERRUPTION, first));

    assertThat(notices.leavesAt(machine)).contains(second.plusSeconds(120));
  }

  @Test
  void shouldKeepTheEarlierOfTwoNoticesOfTheSameTaking() {
    var machine = new InstanceId("i-1");
    var first = market.instant();
    later(20);

    notices.announce(REGION, notice(machine, Kind.INTERRUPTION, market.instant()));
    notices.announce(REGION, notice(machine, Kind.INTERRUPTION, first));

    assertThat(notices.leavesAt(machine)).contains(first.plusSeconds(120));
  }

  /** Else nobody would hear another notice, and the condition would say that the queue is read. */
  @Test
  void shouldGoOnReadingAfterAnUnexpectedFailure() throws InterruptedException {
    var calls = new Semaphore(0);
    NoticePort failing =
        new NoticePort() {
          @Override
          public List<QueuedMessage> receive() {
            calls.release();
            throw new IllegalStateException("a bug");
          }

          @Override
          public void delete(Collection<String> receipts) {}
        };
    var key = new QueueReaders.Key(REGION, "events");
    try (var readers =
        new QueueReaders(
            (region, name) -> failing,
            region -> new MarketPort(market),
            notices,
            () -> {},
            market)) {
      readers.names("uid", Optional.of(key));

      assertThat(calls.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
      assertThat(readers.heard(key).reason().sentence()).contains("a bug");
    }
  }

  @Test
  void shouldSayThatNothingWasDeletedWhereTheSameComesAtOnceAgain() throws PortException {
    queue.messages.put("1", new Announcement.Malformed("it is no JSON"));

    assertThat(reader.step()).isFalse();
    assertThat(reader.trouble()).isPresent();
    assertThat(queue.messages).containsKey("1");
  }
}
