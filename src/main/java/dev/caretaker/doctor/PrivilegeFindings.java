package dev.caretaker.doctor;

import dev.caretaker.adapter.elasticsearch.Privilege;
import dev.caretaker.adapter.elasticsearch.PrivilegeLook;
import dev.caretaker.kernel.Observed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A line for each privilege that Caretaker's requests need. */
final class PrivilegeFindings {
  private static final String CHECK = "privilege";
  private static final String ALL = "all";

  private PrivilegeFindings() {}

  static List<Finding> of(Observed<PrivilegeLook> look, Optional<String> probeIndex) {
    if (look instanceof Observed.Unknown<PrivilegeLook> silent) {
      return List.of(notTold(silent.cause()));
    }
    var seen = ((Observed.Known<PrivilegeLook>) look).value();
    if (seen instanceof PrivilegeLook.Told told) {
      return Arrays.stream(Privilege.values()).map(each -> one(each, told, probeIndex)).toList();
    }
    if (seen instanceof PrivilegeLook.NotTold notTold) {
      return List.of(notTold(notTold.cause()));
    }
    return List.of(
        Finding.skipped(CHECK, ALL, "the engine asks nobody who they are: everybody may all"));
  }

  /** OpenSearch has no such question; whoever thinks it is allowed finds out with a write. */
  private static Finding notTold(String cause) {
    return Finding.skipped(
        CHECK, ALL, "the engine does not tell; compare with docs/install.md: " + cause);
  }

  private static Finding one(
      Privilege privilege, PrivilegeLook.Told told, Optional<String> probeIndex) {
    var scope =
        switch (privilege.scope()) {
          case CLUSTER -> "cluster";
          case INDICES -> "indices *";
          case PROBE -> "indices " + probeIndex.orElse("*");
        };
    var about = privilege.granted() + " on " + scope;
    return told.missing().contains(privilege)
        ? Finding.failed(
            CHECK,
            about,
            "missing, and needed for " + privilege.purpose(),
            "grant it in the role of the credentials, as docs/install.md has it")
        : Finding.ok(CHECK, about, "granted, for " + privilege.purpose());
  }
}
