package dev.weir.app.scorecard;

import dev.weir.statistics.drift.DetectorKind;
import dev.weir.statistics.drift.DriftDetector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A detector with its settings.
 *
 * @param kind which
 * @param settings parameters that differ from their defaults
 */
public record Contender(DetectorKind kind, Map<String, Double> settings) {
  public Contender {
    settings = Map.copyOf(settings);
  }

  /** Returns every detector with its defaults, and some with settings that suit them better. */
  public static List<Contender> all() {
    List<Contender> all = new ArrayList<>();
    for (DetectorKind kind : DetectorKind.values()) {
      all.add(new Contender(kind, Map.of()));
      if (kind == DetectorKind.PAGE_HINKLEY) {
        all.add(new Contender(kind, Map.of("delta", 0.1, "threshold", 100.0)));
      }
      if (kind == DetectorKind.KSWIN) {
        all.add(
            new Contender(kind, Map.of("alpha", 1e-6, "windowSize", 400.0, "recentSize", 150.0)));
      }
    }
    return all;
  }

  /** Returns the detector's name with what differs from its defaults. */
  public String text() {
    if (settings.isEmpty()) {
      return kind.id();
    }
    List<String> parts = new ArrayList<>();
    new TreeMap<>(settings).forEach((name, value) -> parts.add(name + "=" + plain(value)));
    return kind.id() + " " + String.join(" ", parts);
  }

  private static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** Returns whether it takes what {@code source} gives. */
  boolean takes(Source source) {
    return kind.input() == DetectorKind.Input.NUMBER || source.isBinary();
  }

  DriftDetector create(long seed) {
    return kind.create(settings, seed);
  }
}
