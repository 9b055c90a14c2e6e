package dev.weir.joinoracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Derived features by their definition: for each event, every record that was read before it is
 * looked at again. Imports nothing of the pipeline.
 */
public final class PastOracle {
  private final List<Arrived> read = new ArrayList<>();

  /**
   * A record as it was read.
   *
   * @param shop null where the record does not say
   * @param value the event's number, NaN where it has none, or the label
   */
  public record Arrived(
      boolean isLabel, String id, long time, @Nullable String shop, double value) {}

  /** Returns the values of one event before {@code window} ago; label or number, latest first. */
  private List<Arrived> before(Arrived event, boolean overLabels, boolean byShop, long window) {
    Map<String, Arrived> first = new TreeMap<>();
    for (Arrived each : read) {
      if (each.isLabel() == overLabels) {
        first.putIfAbsent(each.id(), each);
      }
    }
    List<Arrived> found = new ArrayList<>();
    for (Arrived each : first.values()) {
      boolean isInWindow = each.time() < event.time() && each.time() > event.time() - window;
      boolean isOther = !each.id().equals(event.id());
      String shop = shopOf(each);
      boolean isInScope = !byShop || (event.shop() != null && event.shop().equals(shop));
      if (isInWindow && isOther && isInScope) {
        found.add(each);
      }
    }
    found.sort(Comparator.comparing(Arrived::time).thenComparing(Arrived::id).reversed());
    return found;
  }

  private @Nullable String shopOf(Arrived record) {
    if (record.shop() != null || !record.isLabel()) {
      return record.shop();
    }
    return read.stream()
        .filter(each -> !each.isLabel() && each.id().equals(record.id()))
        .findFirst()
        .map(Arrived::shop)
        .orElse(null);
  }

  /** Takes the next record; returns whether it is an event that has not been read before. */
  public boolean isNewEvent(Arrived record) {
    return !record.isLabel()
        && read.stream().noneMatch(each -> !each.isLabel() && each.id().equals(record.id()));
  }

  /** Adds a record to what was read. */
  public void add(Arrived record) {
    read.add(record);
  }

  /** Returns one statistic of the records before an event; {@code hasField} leaves out NaN. */
  public double value(
      Arrived event, String statistic, boolean overLabels, boolean byShop, long window) {
    List<Arrived> all = before(event, overLabels, byShop, window);
    if (statistic.equals("countAll")) {
      return all.size();
    }
    List<Arrived> some = all.stream().filter(each -> !Double.isNaN(each.value())).toList();
    double[] x = some.stream().mapToDouble(Arrived::value).toArray();
    int n = x.length;
    double sum = 0;
    for (double each : x) {
      sum += each;
    }
    double squares = 0;
    for (double each : x) {
      squares += (each - sum / n) * (each - sum / n);
    }
    return switch (statistic) {
      case "count" -> n;
      case "sum" -> sum;
      case "mean" -> n == 0 ? Double.NaN : sum / n;
      case "min" -> some.stream().mapToDouble(Arrived::value).min().orElse(Double.NaN);
      case "max" -> some.stream().mapToDouble(Arrived::value).max().orElse(Double.NaN);
      case "std" -> n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
      case "last" -> n < 1 ? Double.NaN : x[0];
      case "lag" -> n < 3 ? Double.NaN : x[2];
      case "since-last" -> n < 1 ? Double.NaN : (event.time() - some.get(0).time()) / 1000.0;
      default -> throw new IllegalArgumentException(statistic);
    };
  }

  /** Returns {@code (Σ y + w · prior) / (n + w)}, by shop with the rate over all for a prior. */
  public double rate(Arrived event, boolean byShop, long window, double prior, double weight) {
    double base = byShop ? rate(event, false, window, prior, weight) : prior;
    List<Arrived> labels = before(event, true, byShop, window);
    double sum = labels.stream().mapToDouble(Arrived::value).sum();
    return (sum + weight * base) / (labels.size() + weight);
  }
}
