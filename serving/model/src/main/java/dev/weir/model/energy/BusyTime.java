package dev.weir.model.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * CPU time that all processes of the machine have used since it started: the fields user, nice,
 * system, irq and softirq of the first line of {@code /proc/stat}. Idle time, waiting for disks and
 * what a hypervisor stole are not work; guests are counted in user.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
 */
final class BusyTime {
  /** USER_HZ, which is 100 on every architecture that has RAPL. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int[] BUSY = {1, 2, 3, 6, 7};

  private BusyTime() {}

  /** Returns the seconds, summed over all CPUs, in steps of 0.01. */
  static double seconds(Path stat) throws IOException {
    String first = Files.readString(stat).lines().findFirst().orElse("");
    String[] fields = first.trim().split("\\s+");
    if (!fields[0].equals("cpu") || fields.length <= BUSY[BUSY.length - 1]) {
      throw new IOException("not the machine's CPU time: " + first);
    }
    try {
      return Arrays.stream(BUSY).mapToLong(i -> Long.parseLong(fields[i])).sum() / TICKS_PER_SECOND;
    } catch (NumberFormatException e) {
      throw new IOException("not the machine's CPU time: " + first, e);
    }
  }
}
