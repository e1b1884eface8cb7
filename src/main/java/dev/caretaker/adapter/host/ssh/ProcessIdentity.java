package dev.caretaker.adapter.host.ssh;

import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which process has an id just now: ids are reused, within a boot and after it.
 *
 * @param incarnation {@code PID@TICKS.BOOT}, with the start in clock ticks after the boot
 * @param startedAt by the host's clock
 */
record ProcessIdentity(String incarnation, Instant startedAt) {
  /** What Linux tells programs on all common machines, whatever the kernel counts with. */
  private static final long TICKS_PER_SECOND = 100;

  /** The start is the 22nd field of all, the 20th after the name. */
  private static final int START = 19;

  private static final Pattern BOOT_ID = Pattern.compile("(?m)^([0-9a-f]{8})-[0-9a-f-]{27}$");
  private static final Pattern BOOTED = Pattern.compile("(?m)^btime (\\d{1,12})$");

  static RemoteCommand ask(long pid) {
    return RemoteCommand.of(
        "cat", "/proc/sys/kernel/random/boot_id", "/proc/" + pid + "/stat", "/proc/stat");
  }

  /** Reads the answer; Unknown where the process has ended since its id was read. */
  static Observed<ProcessIdentity> read(long pid, Answer answer) {
    var text = answer.output();
    // Not the first line: a login shell that greets everybody comes before it.
    var boot = BOOT_ID.matcher(text);
    var booted = BOOTED.matcher(text);
    var start = start(pid, text);
    if (boot.find() && booted.find() && start.isPresent()) {
      long ticks = start.get();
      return Observed.known(
          new ProcessIdentity(
              pid + "@" + ticks + "." + boot.group(1),
              Instant.ofEpochSecond(Long.parseLong(booted.group(1)))
                  .plusMillis(ticks * 1000 / TICKS_PER_SECOND)));
    }
    return Observed.unknown(
        "process "
            + pid
            + " has just ended, or /proc hides it from the user (mount option hidepid): "
            + new Answer(answer.status(), "", answer.errors()).brief());
  }

  private static Optional<Long> start(long pid, String text) {
    // The name stands in brackets and may hold anything; its end is the last bracket of the line.
    Matcher line = Pattern.compile("(?m)^" + pid + " \\(.*\\) (\\S .*)$").matcher(text);
    if (!line.find()) {
      return Optional.empty();
    }
    var fields = line.group(1).split(" ", -1);
    return fields.length > START && fields[START].matches("\\d{1,15}")
        ? Optional.of(Long.valueOf(fields[START]))
        : Optional.empty();
  }
}
