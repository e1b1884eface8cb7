package dev.caretaker.adapter.elasticsearch;

/**
 * What the requests of this package need where the engine asks for privileges, and no more. The
 * names are Elasticsearch's: its own words for what only reads, actions where its words allow much
 * more than is asked.
 */
public enum Privilege {
  MONITOR(Scope.CLUSTER, "monitor", "reading the state, the settings and the nodes"),
  SETTINGS(Scope.CLUSTER, "cluster:admin/settings/update", "freezing, excluding and the mark"),
  REROUTE(Scope.CLUSTER, "cluster:admin/reroute", "moving copies"),
  INDEX_MONITOR(Scope.INDICES, "monitor", "sizes, recoveries and replica counts"),
  INDEX_SETTINGS(Scope.INDICES, "indices:admin/settings/update", "a replica more for a while"),
  FLUSH(Scope.INDICES, "indices:admin/flush*", "short recoveries"),
  SEARCH(Scope.PROBE, "indices:data/read/search", "the probe query");

  /** On what it is granted. */
  public enum Scope {
    CLUSTER,
    /** All indices. */
    INDICES,
    /** The index of the probe query, or all where none is named. */
    PROBE
  }

  private final Scope scope;
  private final String granted;
  private final String purpose;

  Privilege(Scope scope, String granted, String purpose) {
    this.scope = scope;
    this.granted = granted;
    this.purpose = purpose;
  }

  public Scope scope() {
    return scope;
  }

  /** Its name in a role. */
  public String granted() {
    return granted;
  }

  /** What is done with it, for people. */
  public String purpose() {
    return purpose;
  }
}
