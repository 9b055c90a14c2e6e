package dev.weir.model.energy;

import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Energy of a process from its start to its end, by the best means that the machine has:
 *
 * <ol>
 *   <li>the RAPL counters of the CPU packages, measured, where nearly all CPU time of the machine
 *       was the process's own;
 *   <li>the same counters times the process's share of the machine's CPU time, an estimate: idle
 *       power is shared out by CPU time, and not every CPU second costs the same;
 *   <li>{@code CPU seconds × 4 W}, an estimate, where no counter can be read or one may have gone
 *       round twice.
 * </ol>
 *
 * <p>The constant is CodeCarbon's for an unknown CPU, 4 W per thread (mlco2/codecarbon, MIT).
 * Memory, disks and cooling are in none of them. Immutable, thread-safe.
 */
public final class EnergyMeter {
  /** Watts assumed for one busy hardware thread of an unknown CPU. */
  public static final double WATTS_PER_THREAD = 4.0;

  /** Share of the machine's CPU time from which on a counter counts as the process's alone. */
  static final double ALONE = 0.95;

  /** More than a CPU package draws: what bounds the time in which a counter goes round once. */
  static final double MOST_WATTS = 500;

  private static final Path POWERCAP = Path.of("/sys/class/powercap");
  private static final Path STAT = Path.of("/proc/stat");
  private static final RaplCounters NONE = new RaplCounters(Map.of());

  private final Path powercap;
  private final Path stat;
  private final LongSupplier nanoTime;
  private final RaplCounters before;
  private final double busyBefore;
  private final long nanosBefore;

  private EnergyMeter(
      Path powercap, Path stat, LongSupplier nanoTime, RaplCounters before, double busyBefore) {
    this.powercap = powercap;
    this.stat = stat;
    this.nanoTime = nanoTime;
    this.before = before;
    this.busyBefore = busyBefore;
    this.nanosBefore = nanoTime.getAsLong();
  }

  /** Returns a meter that counts from now. */
  public static EnergyMeter start() {
    return start(POWERCAP, STAT, System::nanoTime);
  }

  static EnergyMeter start(Path powercap, Path stat, LongSupplier nanoTime) {
    try {
      RaplCounters counters = RaplCounters.read(powercap);
      double busy = counters.isEmpty() ? 0 : BusyTime.seconds(stat);
      return new EnergyMeter(powercap, stat, nanoTime, counters, busy);
    } catch (IOException unreadable) {
      // Since the PLATYPUS attack the counters are for root only on most machines.
      return new EnergyMeter(powercap, stat, nanoTime, NONE, 0);
    }
  }

  /**
   * Returns the energy since the start.
   *
   * @param cpuSeconds CPU time of the process since the start
   */
  public EnergyReading stop(double cpuSeconds) {
    if (before.isEmpty()) {
      return estimateFromCpuSeconds(cpuSeconds);
    }
    try {
      double seconds = (nanoTime.getAsLong() - nanosBefore) / 1e9;
      double busySeconds = BusyTime.seconds(stat) - busyBefore;
      double joules = before.joulesUntil(RaplCounters.read(powercap));
      boolean isCertain = seconds * MOST_WATTS < before.leastRangeJoules();
      return isCertain && busySeconds > 0
          ? shared(joules, cpuSeconds / busySeconds)
          : estimateFromCpuSeconds(cpuSeconds);
    } catch (IOException vanished) {
      return estimateFromCpuSeconds(cpuSeconds);
    }
  }

  private EnergyReading shared(double joules, double share) {
    String counters = "RAPL of " + before.packages() + " CPU package(s)";
    if (share >= ALONE) {
      return new EnergyReading(
          joules,
          EnergyMethod.MEASURED,
          counters + ", the process had at least 95 % of the machine's CPU time; no memory");
    }
    return new EnergyReading(
        joules * share,
        EnergyMethod.ESTIMATED,
        counters
            + String.format(Locale.ROOT, " x the process's share %.3f of the machine's", share)
            + " CPU time; no memory");
  }

  /** Returns {@code cpuSeconds × 4 W}: the estimate for a process whose CPU time is known. */
  public static EnergyReading estimateFromCpuSeconds(double cpuSeconds) {
    return new EnergyReading(
        cpuSeconds * WATTS_PER_THREAD,
        EnergyMethod.ESTIMATED,
        "CPU time of the process x 4 W per thread; no memory, no idle power");
  }
}
