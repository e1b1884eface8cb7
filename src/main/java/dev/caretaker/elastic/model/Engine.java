package dev.caretaker.elastic.model;

/** What answers: Elasticsearch or OpenSearch, and which version. */
public record Engine(Flavour flavour, int major, String version) {

  /** The two families; their APIs differ in the names of roles and quorum settings. */
  public enum Flavour {
    ELASTICSEARCH,
    OPENSEARCH
  }

  /** ES 6.8, 7.x, 8.x and OpenSearch: the ones whose behaviour was measured. */
  public boolean supported() {
    return flavour == Flavour.OPENSEARCH || (major >= 6 && major <= 8);
  }

  /** Quorum by {@code minimum_master_nodes} of every node, not by a voting configuration. */
  public boolean votesByMinimumMasterNodes() {
    return flavour == Flavour.ELASTICSEARCH && major < 7;
  }
}
