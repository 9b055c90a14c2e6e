package dev.weir.model.energy;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What is known of a machine without counters.
 *
 * @param threads hardware threads, ≥ 1
 * @param memoryGigabytes installed memory, in 2³⁰ bytes
 * @param isArm whether the processor is an ARM
 */
record Machine(int threads, double memoryGigabytes, boolean isArm) {
  private static final double GIGABYTE = 1L << 30;

  /** Returns the machine that this runs on; a container's limits count as the machine's. */
  static Machine current() {
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() / GIGABYTE,
        architecture.startsWith("arm") || architecture.startsWith("aarch"));
  }

  /**
   * Returns the watts of all of it, as if nothing else ran on it: the larger of the two figures for
   * an unknown processor, and all memory.
   *
   * @param cpuSecondsPerSecond busy threads
   */
  double watts(double cpuSecondsPerSecond) {
    double tdp = PowerModel.unknownTdpWatts(threads);
    double load = Math.min(1, cpuSecondsPerSecond / threads);
    return Math.max(PowerModel.constantCpuWatts(tdp), PowerModel.busyCpuWatts(tdp, load))
        + PowerModel.memoryWatts(memoryGigabytes, isArm);
  }
}
