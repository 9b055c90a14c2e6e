package dev.weir.app.backtest;

import dev.weir.model.energy.EnergyMeter;
import dev.weir.model.energy.EnergyReading;
import java.time.Duration;

/**
 * What a run has taken so far in this process; its trainings are metered by themselves.
 *
 * @param nanosBefore {@link System#nanoTime()} at the start
 * @param cpuBefore CPU seconds of this process at the start
 * @param meter counts since the start
 */
record Cost(long nanosBefore, double cpuBefore, EnergyMeter meter) {
  private static final double NANOS = 1e9;

  /** Returns the CPU seconds of this process; 0 where the system does not tell. */
  static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L)
        / NANOS;
  }

  double wallSeconds() {
    return (System.nanoTime() - nanosBefore) / NANOS;
  }

  EnergyReading energy() {
    return meter.stop(Math.max(0, cpuSeconds() - cpuBefore));
  }
}
