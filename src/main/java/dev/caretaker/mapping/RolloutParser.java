package dev.caretaker.mapping;

import dev.caretaker.api.EsRolloutSpec;
import dev.caretaker.api.Shapes;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy.Acceptance;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.rollout}. */
final class RolloutParser {
  private static final String PATH = "spec.rollout";
  private static final EsRolloutSpec NOTHING =
      new EsRolloutSpec(null, null, null, null, null, null, null, null);
  private static final EsRolloutSpec.Select ALL = new EsRolloutSpec.Select(null, null);

  private final SpecReading reading;
  private final Set<ZoneName> known;
  private final boolean risky;

  RolloutParser(SpecReading reading, Set<ZoneName> known, boolean risky) {
    this.reading = reading;
    this.known = known;
    this.risky = risky;
  }

  RolloutPolicy read(@Nullable EsRolloutSpec given) {
    var spec = given == null ? NOTHING : given;
    var select = spec.select() == null ? ALL : spec.select();
    var perZone = spec.maxUnavailable() == null ? null : spec.maxUnavailable().perZone();
    // Where no machine vanishes by itself, any other node is shelter enough.
    var usual = risky ? Shelter.REQUIRED : Shelter.PREFERRED;
    var shelter =
        reading.word(PATH + ".shelter", spec.shelter(), Optional.of(usual), Shelter.values());
    return new RolloutPolicy(
        reading.time(PATH + ".restartedAt", spec.restartedAt()),
        EsPolicyParser.zonesOf(
            reading,
            PATH + ".select.zones",
            reading.entries(PATH + ".select.zones", select.zones(), 1, Shapes.MOST_ZONES),
            known),
        nodes(select),
        shelter.orElse(usual),
        accept(spec),
        reading.number(PATH + ".maxUnavailable.perZone", perZone, 1, 1, 100),
        windows(spec),
        approval(spec));
  }

  private Approval approval(EsRolloutSpec spec) {
    var mode =
        reading.word(
            PATH + ".approval",
            spec.approval(),
            Optional.of(Approval.Mode.AUTOMATIC),
            Approval.Mode.values());
    var plan = reading.shapedOrNone(PATH + ".approvedPlan", spec.approvedPlan(), Shape.PLAN);
    // A word that is not known must not begin what nobody has approved.
    return Approval.of(mode.orElse(Approval.Mode.MANUAL), plan.orElse(""));
  }

  private List<Window> windows(EsRolloutSpec spec) {
    var windows = new ArrayList<Window>();
    int index = 0;
    for (var each : reading.entries(PATH + ".windows", spec.windows(), 0, Shapes.MOST_WINDOWS)) {
      window(PATH + ".windows[" + index++ + "]", each).ifPresent(windows::add);
    }
    return windows;
  }

  private Optional<Window> window(String path, EsRolloutSpec.Window given) {
    var schedule = reading.shaped(path + ".schedule", given.schedule(), Shape.SCHEDULE);
    var duration = reading.shaped(path + ".duration", given.duration(), Shape.LASTS);
    var timeZone = reading.shaped(path + ".timeZone", given.timeZone(), Shape.TIME_ZONE);
    if (schedule.isEmpty() || duration.isEmpty() || timeZone.isEmpty()) {
      return Optional.empty();
    }
    // PT90M and PT4H are what java.time reads.
    var lasts = Duration.parse("PT" + duration.orElseThrow().toUpperCase(Locale.ROOT));
    return Optional.of(new Window(schedule.orElseThrow(), lasts, timeZone.orElseThrow()));
  }

  private Set<NodeName> nodes(EsRolloutSpec.Select select) {
    var nodes = new TreeSet<NodeName>();
    int index = 0;
    var path = PATH + ".select.nodes";
    for (var each : reading.entries(path, select.nodes(), 1, Shapes.MOST_NODES)) {
      reading
          .shaped(path + "[" + index++ + "]", each, Shape.NAME)
          .ifPresent(name -> nodes.add(new NodeName(name)));
    }
    return nodes;
  }

  private List<Acceptance> accept(EsRolloutSpec spec) {
    var accepted = new ArrayList<Acceptance>();
    int index = 0;
    for (var each : reading.entries(PATH + ".accept", spec.accept(), 0, Shapes.MOST_ACCEPTED)) {
      acceptance(PATH + ".accept[" + index++ + "]", each).ifPresent(accepted::add);
    }
    return accepted;
  }

  private Optional<Acceptance> acceptance(String path, EsRolloutSpec.Accept given) {
    var structural =
        reading.word(
            path + ".structural", given.structural(), Optional.empty(), Structural.values());
    var reason = reading.shaped(path + ".reason", given.reason(), Shape.REASON);
    if (given.until() == null) {
      reading.problem(
          path + ".until", Rule.TYPE, "say when the acceptance ends: " + Shapes.TIME_IS);
    }
    var until = reading.time(path + ".until", given.until());
    var indices = indices(path + ".indices", given);
    if (structural.isPresent()
        && structural.orElseThrow().equals(Structural.ZERO_REPLICAS) == indices.isEmpty()) {
      reading.problem(
          path + ".indices",
          Rule.TOGETHER,
          "ZeroReplicas needs the indices it is about, and no other acceptance has any");
    }
    if (structural.isEmpty() || reason.isEmpty() || until.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Acceptance(
            structural.orElseThrow(), indices, reason.orElseThrow(), until.orElseThrow()));
  }

  private List<String> indices(String path, EsRolloutSpec.Accept given) {
    int index = 0;
    var indices = reading.entries(path, given.indices(), 0, Shapes.MOST_INDICES);
    for (var each : indices) {
      reading.shaped(path + "[" + index++ + "]", each, Shape.PATTERN);
    }
    return indices;
  }
}
