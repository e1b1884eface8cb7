package dev.caretaker.pipeline;

/** A short name for a content, equal for equal ones. */
final class Fingerprint {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Fingerprint() {}

  static String of(String... parts) {
    var content = String.join("\n", parts);
    long hash = FNV_OFFSET;
    for (int i = 0; i < content.length(); i++) {
      hash = (hash ^ content.charAt(i)) * FNV_PRIME;
    }
    return String.format("%016x", hash);
  }
}
