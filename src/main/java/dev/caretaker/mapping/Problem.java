package dev.caretaker.mapping;

/**
 * Something wrong in a spec.
 *
 * @param path of the field, from {@code spec}
 * @param sentence what is right
 */
public record Problem(String path, Rule rule, String sentence) {

  /** Why a spec is refused; the CRD has the same rules, and a test holds the two together. */
  public enum Rule {
    /** A value of another type, or none where one is needed. */
    TYPE,
    /** One of some words. */
    WORD,
    /** What a text looks like, and how long it may be. */
    SHAPE,
    /** The least and the most of a number, and of the entries of a list. */
    RANGE,
    /** The same name twice in a list. */
    TWICE,
    /** A zone that is not declared. */
    ZONE,
    /** Fields that need each other, or exclude each other. */
    TOGETHER,
    /** What cannot change once it was said. */
    FIXED
  }

  /** For conditions, events and logs. */
  public String text() {
    return path + ": " + sentence;
  }
}
