package dev.weir.model.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The energy counters of all CPU packages at one moment, in microjoules. A counter starts again at
 * zero after {@code max_energy_range_uj}.
 *
 * @param microjoules the counter of each package's directory
 * @see <a href="https://www.kernel.org/doc/html/latest/power/powercap/powercap.html">powercap</a>
 */
record RaplCounters(Map<Path, Long> microjoules) {
  private static final double MICRO = 1e-6;

  RaplCounters {
    microjoules = Map.copyOf(microjoules);
  }

  /** Reads the counters of the packages under {@code /sys/class/powercap}; none if it is absent. */
  static RaplCounters read(Path powercap) throws IOException {
    Map<Path, Long> counters = new TreeMap<>();
    for (Path zone : packages(powercap)) {
      counters.put(zone, number(zone, "energy_uj"));
    }
    return new RaplCounters(counters);
  }

  boolean isEmpty() {
    return microjoules.isEmpty();
  }

  int packages() {
    return microjoules.size();
  }

  /** Returns the energy up to the same counters read later; one wrap of each is accounted for. */
  double joulesUntil(RaplCounters later) throws IOException {
    double sum = 0;
    for (Map.Entry<Path, Long> before : microjoules.entrySet()) {
      Long after = later.microjoules.get(before.getKey());
      if (after == null) {
        throw new IOException("a package is gone: " + before.getKey());
      }
      long spent = after - before.getValue();
      sum += spent >= 0 ? spent : spent + number(before.getKey(), "max_energy_range_uj");
    }
    return sum * MICRO;
  }

  /** Returns the joules after which the first counter has gone round. */
  double leastRangeJoules() throws IOException {
    double least = Double.POSITIVE_INFINITY;
    for (Path zone : microjoules.keySet()) {
      least = Math.min(least, number(zone, "max_energy_range_uj") * MICRO);
    }
    return least;
  }

  private static long number(Path zone, String file) throws IOException {
    String text = Files.readString(zone.resolve(file)).trim();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("no number in " + zone.resolve(file) + ": " + text, e);
    }
  }

  /** Top-level zones only, {@code intel-rapl:0}: {@code intel-rapl:0:0} is a part of it. */
  private static List<Path> packages(Path powercap) throws IOException {
    if (!Files.isDirectory(powercap)) {
      return List.of();
    }
    try (Stream<Path> zones = Files.list(powercap)) {
      return zones
          .filter(zone -> String.valueOf(zone.getFileName()).matches("intel-rapl:\\d+"))
          .filter(RaplCounters::isPackage)
          .sorted()
          .toList();
    }
  }

  /** The zone {@code psys} is the whole board, packages included. */
  private static boolean isPackage(Path zone) {
    try {
      return Files.readString(zone.resolve("name")).startsWith("package");
    } catch (IOException unnamed) {
      return false;
    }
  }
}
