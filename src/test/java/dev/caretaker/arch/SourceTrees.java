package dev.caretaker.arch;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.tools.ToolProvider;

/** Sources as the JDK's own parser sees them, without compiling them. */
final class SourceTrees {
  private static final Set<String> EVERYTHING = Set.of("Exception", "Throwable");

  private SourceTrees() {}

  /**
   * A method with a body.
   *
   * @param lines from its first annotation to its closing brace
   */
  record Method(Path file, String at, String name, long lines) {}

  static List<Method> methods(List<Path> files) throws IOException {
    var methods = new ArrayList<Method>();
    scan(
        files,
        (tree, span) -> {
          if (tree instanceof MethodTree method && method.getBody() != null) {
            var name = method.getName().toString();
            methods.add(new Method(span.file(), span.at() + " " + name, name, span.lines()));
          }
        });
    return methods;
  }

  /** Where everything is caught, whatever it is. */
  static List<String> catchAlls(List<Path> files) throws IOException {
    var places = new ArrayList<String>();
    scan(
        files,
        (tree, span) -> {
          if (tree instanceof CatchTree caught
              && EVERYTHING.contains(caught.getParameter().getType().toString())) {
            places.add(span.at());
          }
        });
    return places;
  }

  private record Span(Path file, long line, long lines) {
    String at() {
      return file + ":" + line;
    }
  }

  private static void scan(List<Path> files, BiConsumer<Tree, Span> visitor) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      var task = (JavacTask) compiler.getTask(null, manager, null, List.of(), null, units);
      var positions = Trees.instance(task).getSourcePositions();
      for (var unit : task.parse()) {
        scan(unit, positions, visitor);
      }
    }
  }

  private static void scan(
      CompilationUnitTree unit, SourcePositions positions, BiConsumer<Tree, Span> visitor) {
    new TreeScanner<Boolean, Boolean>() {
      @Override
      public Boolean scan(Tree tree, Boolean nothing) {
        if (tree instanceof MethodTree || tree instanceof CatchTree) {
          visitor.accept(tree, span(unit, positions, tree));
        }
        return super.scan(tree, nothing);
      }
    }.scan(unit, true);
  }

  private static Span span(CompilationUnitTree unit, SourcePositions positions, Tree tree) {
    var lines = unit.getLineMap();
    long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
    long last = lines.getLineNumber(positions.getEndPosition(unit, tree));
    return new Span(Path.of(unit.getSourceFile().getName()), first, last - first + 1);
  }
}
