package dev.caretaker.mapping;

import java.util.List;

/** Keeps a status within the bounds of its schema; the API server refuses anything longer. */
final class Bounded {

  private Bounded() {}

  static String text(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }

  static <T> List<T> list(List<T> list, int most) {
    return list.size() <= most ? list : List.copyOf(list.subList(0, most));
  }
}
