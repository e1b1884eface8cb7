package dev.caretaker.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterShapeTest {

  @Test
  void shouldNameNodesByZoneAndNumber() {
    ClusterShape shape = ClusterShape.parse("backup=2, spot=1");

    assertThat(shape.zoneByNode().toString())
        .isEqualTo("{backup1=backup, backup2=backup, spot1=spot}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "spot",
        "spot=",
        "spot=0",
        "spot=x",
        "spot=1,spot=2",
        "a1=1",
        "../x=1",
        "s=-1"
      })
  void shouldRefuseWhatIsNoShape(String text) {
    assertThatThrownBy(() -> ClusterShape.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
