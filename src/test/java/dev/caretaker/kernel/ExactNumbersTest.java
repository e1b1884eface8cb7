package dev.caretaker.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Money and utility lose nothing between a spec, a sum and a status. */
class ExactNumbersTest {

  @Property
  void moneyShouldReadBackAsItIsWritten(@ForAll @LongRange(min = 0, max = 1L << 58) long nanos) {
    var money = new UsdPerHour(nanos);

    assertThat(UsdPerHour.of(money.toString())).isEqualTo(money);
  }

  @Property
  void utilityShouldReadBackAsItIsWritten(
      @ForAll @LongRange(min = 0, max = 999_999_999_999L) long thousandths) {
    var utility = new Utility(thousandths);

    assertThat(Utility.of(utility.toString())).isEqualTo(utility);
  }

  @Test
  void shouldWriteAsPeopleDo() {
    assertThat(UsdPerHour.of("4")).hasToString("4.00");
    assertThat(UsdPerHour.of("0.031200")).hasToString("0.0312");
    assertThat(UsdPerHour.of("1").minus(UsdPerHour.of("1.25"))).hasToString("-0.25");
    assertThat(Utility.of("9.50")).hasToString("9.5");
    assertThat(Utility.of("120")).hasToString("120");
  }

  @Test
  void neverCountsAPriceTooLowOrAUtilityTooHigh() {
    assertThat(UsdPerHour.of("0.0000000001")).isEqualTo(new UsdPerHour(1));
    assertThat(Utility.of("0.0009")).isEqualTo(Utility.ZERO);
    assertThat(Utility.of(19.0 / 3)).isEqualTo(new Utility(6333));
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    assertThat(UsdPerHour.read("-1")).isEmpty();
    assertThat(UsdPerHour.read("4,00")).isEmpty();
    assertThat(UsdPerHour.read("1e3")).isEmpty();
    assertThat(Utility.read("")).isEmpty();
  }

  @Test
  void neverOverflowsByWhatARuleMultiplies() {
    var much = Utility.of(999_999_999.0 * 999_999_999.0 * 96);

    assertThat(Utility.of(much.toString())).isEqualTo(much);
    assertThat(much.times(100_000).plus(much).amount()).isPositive();
  }
}
