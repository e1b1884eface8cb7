package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.fleet.BackOff;
import dev.caretaker.fleet.Expected;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Cooling;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetProgressCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");
  private static final Pool POOL = Pool.of("m5d.large", "us-west-2a");
  private static final InstanceId MACHINE = new InstanceId("i-0123456789abcdef0");

  @Test
  void shouldComeBackAsItWas() throws JsonProcessingException {
    var progress = full();

    assertThat(stored(progress)).isEqualTo(progress);
    assertThat(stored(FleetProgress.NONE)).isEqualTo(FleetProgress.NONE);
  }

  @Test
  void shouldKeepTheTokenOfAPurchase() throws JsonProcessingException {
    var purchase = full().pending().get(0);

    assertThat(stored(full()).pending().get(0).token()).isEqualTo(purchase.token());
  }

  @Test
  void shouldForgetWhatIsOdd() throws JsonProcessingException {
    assertThat(FleetProgressCodec.decode(null)).isEqualTo(FleetProgress.NONE);
    for (var odd : new String[] {"null", "[]", "{}", "7", "{\"lastNumber\": \"one\"}"}) {
      assertThat(FleetProgressCodec.decode(JSON.readTree(odd)))
          .describedAs(odd)
          .isEqualTo(FleetProgress.NONE);
    }
  }

  /** As an operator wrote it that knew of no recommendations of pipelines. */
  @Test
  void shouldReadWhatAnEarlierVersionSaved() {
    var whole = (ObjectNode) FleetProgressCodec.encode(full());
    for (var advice : whole.path("advised")) {
      ((ObjectNode) advice).remove("pipeline");
    }
    whole.remove("surplusSince");

    var read = FleetProgressCodec.decode(whole);

    assertThat(read.pending()).isEqualTo(full().pending());
    assertThat(read.advised()).isEqualTo(full().advised());
    assertThat(read.surplusSince()).isEmpty();
  }

  @Test
  void shouldForgetAllWhereAPartIsMissing() {
    var whole = (ObjectNode) FleetProgressCodec.encode(full());
    var optional = Set.of("knownSince", "surplusSince", "unreadSince");
    var needed =
        whole.properties().stream().map(Map.Entry::getKey).filter(each -> !optional.contains(each));
    for (var name : needed.toList()) {
      var without = whole.deepCopy();
      without.remove(name);

      assertThat(FleetProgressCodec.decode(without))
          .describedAs(name)
          .isEqualTo(FleetProgress.NONE);
    }
  }

  private static FleetProgress stored(FleetProgress progress) throws JsonProcessingException {
    var text = JSON.writeValueAsString(FleetProgressCodec.encode(progress));
    return FleetProgressCodec.decode(JSON.readTree(text));
  }

  private static FleetProgress full() {
    var price = UsdPerHour.of("0.031234567");
    var utility = Utility.of("9.5");
    var purchase =
        new Purchase(
            new FleetId("data", "es", "4f3c"),
            7,
            POOL,
            "subnet-1",
            3,
            utility,
            price,
            Optional.of(price),
            new LaunchTemplate("es", "7"),
            NOON);
    return new FleetProgress(
        Optional.of(NOON),
        7,
        List.of(purchase),
        new TreeMap<>(Map.of(MACHINE, new Expected(MACHINE, POOL, utility, price, NOON))),
        new TreeMap<>(Map.of(MACHINE, NOON)),
        new TreeMap<>(Map.of(MACHINE, NOON)),
        new TreeMap<>(Map.of(MACHINE, NOON)),
        new TreeMap<>(Map.of(MACHINE, ReleaseRequest.of(MACHINE, NOON, "over budget"))),
        new TreeMap<>(Map.of(MACHINE, Advice.at(NOON).followed(NOON, utility))),
        new TreeMap<>(Map.of(POOL, new Cooling(NOON, "InsufficientInstanceCapacity"))),
        new BackOff(2, NOON),
        Optional.of(NOON),
        Optional.of(NOON),
        List.of(new FleetProgress.Told(NOON, new Reason("Bought", "3 of them"))));
  }
}
