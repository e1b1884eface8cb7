package dev.caretaker.doctor;

import dev.caretaker.kernel.Observed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks several at once, each for a bounded time; a silent one holds up none of the others. */
final class SideBySide implements AutoCloseable {
  private static final int AT_ONCE = 32;

  private final Duration within;
  private final ExecutorService threads = Executors.newCachedThreadPool(SideBySide::daemon);

  SideBySide(Duration within) {
    this.within = within;
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "doctor");
    thread.setDaemon(true);
    return thread;
  }

  /** The answers in the order of the questions; Unknown where one took too long. */
  <T> List<Observed<T>> ask(List<Callable<T>> questions) {
    var answers = new ArrayList<Observed<T>>();
    for (int from = 0; from < questions.size(); from += AT_ONCE) {
      var batch = questions.subList(from, Math.min(questions.size(), from + AT_ONCE));
      try {
        for (var answer : threads.invokeAll(batch, within.toMillis(), TimeUnit.MILLISECONDS)) {
          answers.add(result(answer));
        }
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", stopping);
      }
    }
    return answers;
  }

  private <T> Observed<T> result(Future<T> answer) throws InterruptedException {
    try {
      return Observed.known(answer.get());
    } catch (CancellationException late) {
      return Observed.unknown("no answer within " + within.toSeconds() + " s");
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a check ended with an exception", bug.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
