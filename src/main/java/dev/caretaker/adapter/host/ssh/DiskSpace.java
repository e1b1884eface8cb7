package dev.caretaker.adapter.host.ssh;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import java.util.regex.Pattern;

/** The file system below a path, as {@code df} sees it; free is what an ordinary user may fill. */
record DiskSpace(Bytes total, Bytes free) {
  /** Device, blocks, used, available, capacity, mount point; the first may hold spaces. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^.+? +(\\d{1,18}) +(\\d{1,18}) +(-?\\d{1,18}) +(\\d+%|-) +/.*$");

  /** POSIX form, one line for each file system however long its name. */
  static RemoteCommand ask(String path) {
    return RemoteCommand.of("df", "-P", "-B1", path);
  }

  /** Reads the answer; Unknown where there is no such path. */
  static Observed<DiskSpace> read(Answer answer) {
    var line = LINE.matcher(answer.output());
    if (!answer.ok() || !line.find()) {
      return Observed.unknown(answer.brief());
    }
    // Beyond the reserve for root, some file systems tell less than nothing.
    var free = Math.max(0, Long.parseLong(line.group(3)));
    return Observed.known(new DiskSpace(new Bytes(Long.parseLong(line.group(1))), new Bytes(free)));
  }
}
