package dev.weir.model.energy;

/**
 * Watts of a machine without counters, by the rules and constants of CodeCarbon 3.3.
 *
 * <p>They bill what the whole machine has, not what a process uses of it, and so give an upper end:
 * a processor draws its TDP times its load, never less than a tenth of it, or half of it where the
 * load is unknown; a memory module draws 5 W (1.5 W on ARM), less from the fifth on, and at least
 * two of them are billed.
 *
 * @see <a href="https://github.com/mlco2/codecarbon">mlco2/codecarbon 3.3.0 (MIT), external/ram.py
 *     and external/hardware.py</a>
 */
final class PowerModel {
  private static final double LEAST_LOAD = 0.1;
  private static final double CONSTANT_LOAD = 0.5;
  private static final double WATTS_PER_MODULE = 5;
  private static final double WATTS_PER_ARM_MODULE = 1.5;
  private static final int LEAST_BILLED_MODULES = 2;

  /** Watts of a module after the 4th, 8th and 16th, as a share of the first four's. */
  private static final double[] SHARES = {1, 0.9, 0.8, 0.7};

  private static final int[] TIER_ENDS = {4, 8, 16, Integer.MAX_VALUE};

  private static final int SERVER_MODULES = 8;
  private static final int MOST_MODULES = 32;
  private static final double SMALLEST_MODULE_GB = 4;
  private static final double LARGEST_MODULE_GB = 128;

  private PowerModel() {}

  /**
   * Returns {@code max(load, 0.1) · TDP}.
   *
   * @param tdpWatts thermal design power, ≥ 0
   * @param load share of the processor's time that was busy, in [0, 1]
   */
  static double busyCpuWatts(double tdpWatts, double load) {
    return Math.max(load, LEAST_LOAD) * tdpWatts;
  }

  /** Returns {@code TDP / 2}, the figure for a load that nobody knows. */
  static double constantCpuWatts(double tdpWatts) {
    return CONSTANT_LOAD * tdpWatts;
  }

  /** Returns the TDP assumed for an unknown processor, {@code 4 W · threads}. */
  static double unknownTdpWatts(int threads) {
    return EnergyMeter.WATTS_PER_THREAD * threads;
  }

  /**
   * Returns the watts of a machine's memory.
   *
   * @param gigabytes installed memory, ≥ 0
   * @param isArm whether the processor is an ARM
   */
  static double memoryWatts(double gigabytes, boolean isArm) {
    double each = isArm ? WATTS_PER_ARM_MODULE : WATTS_PER_MODULE;
    int modules = memoryModules(gigabytes);
    double watts = 0;
    int billed = 0;
    for (int tier = 0; billed < modules; tier++) {
      int inTier = Math.min(modules, TIER_ENDS[tier]) - billed;
      watts += each * SHARES[tier] * inTier;
      billed += inTier;
    }
    return Math.max(watts, each * LEAST_BILLED_MODULES);
  }

  /** Returns how many modules that much memory usually is: 1 up to 2 GB, at most 32. */
  static int memoryModules(double gigabytes) {
    if (gigabytes <= 2) {
      return 1;
    }
    if (gigabytes <= 16) {
      return 2;
    }
    if (gigabytes <= 64) {
      return 4;
    }
    if (gigabytes <= 128) {
      return SERVER_MODULES;
    }
    double module = LARGEST_MODULE_GB;
    while (module > SMALLEST_MODULE_GB && module * SERVER_MODULES > gigabytes) {
      module /= 2;
    }
    return (int) Math.min(MOST_MODULES, Math.ceil(gigabytes / module));
  }
}
