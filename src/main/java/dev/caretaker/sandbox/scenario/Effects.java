package dev.caretaker.sandbox.scenario;

import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Side;
import java.util.List;

/** What the operator did in a part of a scenario. */
record Effects(List<Effect> list) {

  /** Everything after the first {@code count} of the run. */
  static Effects since(Stage stage, int count) {
    var all = stage.stand().journal().effects();
    return new Effects(List.copyOf(all.subList(Math.min(count, all.size()), all.size())));
  }

  long stops() {
    return list.stream().filter(Effect::isStop).count();
  }

  long onEngine() {
    return list.stream().filter(effect -> effect.side() == Side.ENGINE).count();
  }
}
