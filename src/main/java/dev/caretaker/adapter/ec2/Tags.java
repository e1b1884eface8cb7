package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.Purchase;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The tags that say whose a machine is. */
final class Tags {
  /** The UID of its SpotFleet; this alone makes a machine the fleet's own. */
  static final String FLEET = "caretaker.dev/fleet";

  /** The number of the purchase that it was bought with. */
  static final String PURCHASE = "caretaker.dev/purchase";

  /** For people, and to find strangers. */
  static final String NAMESPACE = "caretaker.dev/namespace";

  static final String NAME = "caretaker.dev/name";

  private Tags() {}

  static List<Tag> of(Purchase purchase) {
    var fleet = purchase.fleet();
    return List.of(
        tag(FLEET, fleet.uid()),
        tag(PURCHASE, Long.toString(purchase.number())),
        tag(NAMESPACE, fleet.namespace()),
        tag(NAME, fleet.name()));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  static List<Filter> own(FleetId fleet) {
    return List.of(filter("tag:" + FLEET, List.of(fleet.uid())));
  }

  static List<Filter> namesake(FleetId fleet) {
    return List.of(
        filter("tag:" + NAMESPACE, List.of(fleet.namespace())),
        filter("tag:" + NAME, List.of(fleet.name())));
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  static Optional<String> value(List<Tag> tags, String key) {
    return tags.stream().filter(each -> each.key().equals(key)).map(Tag::value).findFirst();
  }
}
