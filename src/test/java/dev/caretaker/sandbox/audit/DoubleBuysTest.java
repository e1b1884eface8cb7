package dev.caretaker.sandbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.market.Sale;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoubleBuysTest {

  @Test
  void shouldAllowEachPurchaseWhatItAskedFor() {
    assertThat(DoubleBuys.count(List.of(sale("a", "1", 2, "i-1", "i-2"), sale("b", "2", 1, "i-3"))))
        .isZero();
  }

  @Test
  void shouldAllowTheRestOfAPurchaseThatWasSoldInPart() {
    assertThat(DoubleBuys.count(List.of(sale("a", "1", 3, "i-1"), sale("b", "1", 2, "i-2"))))
        .isZero();
  }

  @Test
  void shouldCountASecondSaleForTheSamePurchaseWhateverItsToken() {
    assertThat(
            DoubleBuys.count(
                List.of(sale("a", "1", 2, "i-1", "i-2"), sale("other", "1", 2, "i-3", "i-4"))))
        .isEqualTo(2);
  }

  @Test
  void shouldKnowWhatHasNoTagsByItsToken() {
    var untagged = new Sale(Instant.EPOCH, "a", Map.of(), "t", 1, ids("i-1", "i-2"));

    assertThat(DoubleBuys.count(List.of(untagged))).isEqualTo(1);
  }

  private static Sale sale(String token, String purchase, int asked, String... machines) {
    var tags = Map.of("caretaker.dev/fleet", "uid", "caretaker.dev/purchase", purchase);
    return new Sale(Instant.EPOCH, token, tags, "template", asked, ids(machines));
  }

  private static List<InstanceId> ids(String... machines) {
    return Stream.of(machines).map(InstanceId::new).toList();
  }
}
