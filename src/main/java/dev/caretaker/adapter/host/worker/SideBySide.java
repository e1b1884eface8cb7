package dev.caretaker.adapter.host.worker;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many questions at once, with a bound; each has its own time limits. */
final class SideBySide implements AutoCloseable {
  private final ExecutorService threads;

  SideBySide(String name, int atOnce) {
    this.threads =
        Executors.newFixedThreadPool(
            atOnce,
            work -> {
              var thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Asks all.
   *
   * @param stopped the answer of those that were not asked, where this thread was interrupted
   */
  <Q, K extends Comparable<K>, A> SortedMap<K, A> ask(
      Collection<Q> questions, Function<Q, K> key, Function<Q, A> answer, A stopped) {
    var running = new TreeMap<K, Future<A>>();
    questions.forEach(
        each -> running.put(key.apply(each), threads.submit(() -> answer.apply(each))));
    var answers = new TreeMap<K, A>();
    running.forEach((each, future) -> answers.put(each, result(future, stopped)));
    return answers;
  }

  private static <A> A result(Future<A> future, A stopped) {
    try {
      return future.get();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return stopped;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a question ended with an exception", bug);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
