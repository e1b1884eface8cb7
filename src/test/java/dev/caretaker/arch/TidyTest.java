package dev.caretaker.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reviewer would say about the sources again and again, said once by the build. */
class TidyTest {
  private static final Path MAIN = Path.of("src/main");
  private static final Path TESTS = Path.of("src/test");
  private static final int WIDEST = 100;
  private static final int LONGEST_MAIN = 300;
  private static final int LONGEST_TEST = 400;
  private static final int LONGEST_METHOD = 40;

  /** A test may carry the whole table of what is given and what is expected. */
  private static final int LONGEST_TEST_METHOD = 60;

  /** The one method that reads like a table of contents. */
  private static final int LONGEST_DECIDE = 60;

  // Written in parts, so that this file does not find itself.
  private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
  private static final Pattern STAR = Pattern.compile("^import (static )?[\\w.]+\\.\\*;");
  private static final Pattern WORKPLACE = Pattern.compile("\\.\\./shared|/work/");

  private record Line(Path file, int number, String text) {
    /** Lines are read byte by byte, and some hold letters of more than one. */
    int width() {
      return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
          .length();
    }

    String at() {
      return file + ":" + number;
    }
  }

  private static List<Path> files(Path root, Predicate<Path> wanted) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    }
  }

  private static List<Path> sources() throws IOException {
    var all = new ArrayList<>(files(MAIN, TidyTest::isJava));
    all.addAll(files(TESTS, TidyTest::isJava));
    return all;
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }

  private static List<Line> lines(List<Path> files) throws IOException {
    var lines = new ArrayList<Line>();
    for (var file : files) {
      // Latin-1 takes any byte: a binary file between them is no reason to fail.
      var text = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      for (int i = 0; i < text.size(); i++) {
        lines.add(new Line(file, i + 1, text.get(i)));
      }
    }
    return lines;
  }

  private static List<String> where(List<Line> lines, Predicate<Line> bad) {
    return lines.stream().filter(bad).map(Line::at).toList();
  }

  @Test
  void filesAreShort() throws IOException {
    var tooLong = new ArrayList<String>();
    for (var file : sources()) {
      int length = Files.readAllLines(file).size();
      if (length > (file.startsWith(TESTS) ? LONGEST_TEST : LONGEST_MAIN)) {
        tooLong.add(file + " has " + length + " lines");
      }
    }
    assertThat(tooLong)
        .as("a file tells one thing: move the part that has its own name to its own file")
        .isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    var tooLong =
        SourceTrees.methods(sources()).stream()
            .filter(method -> method.lines() > limit(method))
            .map(method -> method.at() + " has " + method.lines() + " lines")
            .toList();
    assertThat(tooLong)
        .as("a method fits on a screen: give the steps names of their own")
        .isEmpty();
  }

  private static int limit(SourceTrees.Method method) {
    if (method.file().startsWith(TESTS)) {
      return LONGEST_TEST_METHOD;
    }
    return method.name().equals("decide") ? LONGEST_DECIDE : LONGEST_METHOD;
  }

  @Test
  void linesAreNarrow() throws IOException {
    assertThat(
            where(
                lines(sources()),
                line -> !line.text().startsWith("import ") && line.width() > WIDEST))
        .as("lines end at column %d: break the expression or the text block", WIDEST)
        .isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    assertThat(where(lines(sources()), line -> LATER.matcher(line.text()).find()))
        .as("do it now, or open an issue and say there what is missing")
        .isEmpty();
  }

  @Test
  void importsNameWhatTheyImport() throws IOException {
    assertThat(where(lines(sources()), line -> STAR.matcher(line.text()).find()))
        .as("import each type by its name")
        .isEmpty();
  }

  @Test
  void suppressedWarningsSayWhy() throws IOException {
    var lines = lines(sources());
    var silent = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      boolean suppresses = lines.get(i).text().strip().startsWith("@Suppress" + "Warnings");
      var above = i == 0 ? "" : lines.get(i - 1).text().strip();
      boolean explained = above.startsWith("//") || lines.get(i).text().contains("//");
      if (suppresses && !explained) {
        silent.add(lines.get(i).at());
      }
    }
    assertThat(silent).as("say in a // comment above why the warning is wrong here").isEmpty();
  }

  @Test
  void catchesNameWhatTheyExpect() throws IOException {
    assertThat(SourceTrees.catchAlls(sources()))
        .as("catch the exceptions that can be handled here, and let the others pass")
        .isEmpty();
  }

  @Test
  void packagesAreNullMarked() throws IOException {
    var unmarked = new ArrayList<Path>();
    for (var folder :
        files(MAIN.resolve("java"), TidyTest::isJava).stream()
            .map(Path::getParent)
            .distinct()
            .toList()) {
      var description = folder.resolve("package-info.java");
      if (!Files.exists(description) || !Files.readString(description).contains("@NullMarked")) {
        unmarked.add(folder);
      }
    }
    assertThat(unmarked)
        .as("add a package-info.java that says what the package is for, with @NullMarked")
        .isEmpty();
  }

  @Test
  void nothingDependsOnWhereItWasWritten() throws IOException {
    var all = new ArrayList<>(files(MAIN, file -> true));
    for (var folder : List.of("docs", "examples", "manifests", "crds", ".ci")) {
      all.addAll(files(Path.of(folder), file -> true));
    }
    for (var file : List.of("README.md", "pom.xml", "caretaker")) {
      all.addAll(files(Path.of(file), found -> true));
    }
    assertThat(where(lines(all), line -> WORKPLACE.matcher(line.text()).find()))
        .as("say it in the project's own words: these places exist on one machine only")
        .isEmpty();
  }
}
