package dev.weir.model.energy;

import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Energy of a stretch of work: Intel's RAPL package counters where they can be read, else {@code
 * CPU seconds × 4 W}.
 *
 * <p>The counters cover whole CPU packages, other processes included, and the scope says so. They
 * wrap at {@code max_energy_range_uj}; one wrap between start and stop is accounted for. The
 * constant is CodeCarbon's for an unknown CPU, 4 W per thread (mlco2/codecarbon, MIT); it leaves
 * out memory and idle power. Immutable, thread-safe.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/power/powercap/powercap.html">powercap</a>
 */
public final class EnergyMeter {
  /** Watts assumed for one busy hardware thread of an unknown CPU. */
  public static final double WATTS_PER_THREAD = 4.0;

  private static final Path POWERCAP = Path.of("/sys/class/powercap");
  private static final double MICRO = 1e-6;

  private final List<Path> packages;
  private final Map<Path, Long> before;

  private EnergyMeter(List<Path> packages, Map<Path, Long> before) {
    this.packages = packages;
    this.before = before;
  }

  /** Returns a meter that counts from now. */
  public static EnergyMeter start() {
    return start(POWERCAP);
  }

  static EnergyMeter start(Path powercap) {
    List<Path> packages = packages(powercap);
    try {
      return new EnergyMeter(packages, counters(packages));
    } catch (IOException | NumberFormatException unreadable) {
      // Since the PLATYPUS attack the counters are for root only on most machines.
      return new EnergyMeter(List.of(), Map.of());
    }
  }

  /**
   * Returns the energy since the start.
   *
   * @param cpuSeconds CPU time of the work, for the estimate where nothing can be measured
   */
  public EnergyReading stop(double cpuSeconds) {
    if (packages.isEmpty()) {
      return estimateFromCpuSeconds(cpuSeconds);
    }
    try {
      double microjoules = 0;
      for (Map.Entry<Path, Long> now : counters(packages).entrySet()) {
        long spent = now.getValue() - before.getOrDefault(now.getKey(), now.getValue());
        microjoules += spent >= 0 ? spent : spent + read(now.getKey(), "max_energy_range_uj");
      }
      return new EnergyReading(
          microjoules * MICRO,
          EnergyMethod.MEASURED,
          "RAPL, " + packages.size() + " whole CPU package(s), other processes included");
    } catch (IOException | NumberFormatException vanished) {
      return estimateFromCpuSeconds(cpuSeconds);
    }
  }

  /** Returns {@code cpuSeconds × 4 W}: the estimate for a process whose CPU time is known. */
  public static EnergyReading estimateFromCpuSeconds(double cpuSeconds) {
    return new EnergyReading(
        cpuSeconds * WATTS_PER_THREAD,
        EnergyMethod.ESTIMATED,
        "CPU time of the process x 4 W per thread; no memory, no idle power");
  }

  private static Map<Path, Long> counters(List<Path> packages) throws IOException {
    Map<Path, Long> counters = new TreeMap<>();
    for (Path zone : packages) {
      counters.put(zone, read(zone, "energy_uj"));
    }
    return counters;
  }

  private static long read(Path zone, String file) throws IOException {
    return Long.parseLong(Files.readString(zone.resolve(file)).trim());
  }

  /** Top-level zones only, {@code intel-rapl:0}: {@code intel-rapl:0:0} is a part of it. */
  private static List<Path> packages(Path powercap) {
    try (Stream<Path> zones = Files.list(powercap)) {
      return zones
          .filter(zone -> String.valueOf(zone.getFileName()).matches("intel-rapl:\\d+"))
          .filter(EnergyMeter::isPackage)
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static boolean isPackage(Path zone) {
    try {
      return Files.readString(zone.resolve("name")).startsWith("package");
    } catch (IOException unnamed) {
      return false;
    }
  }
}
