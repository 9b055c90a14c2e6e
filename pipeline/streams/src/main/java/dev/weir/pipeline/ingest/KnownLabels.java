package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.state.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The labels known so far, by label time: what {@link FeatureSpec.KnownLabelRate} is computed from.
 * Only labels strictly before the asked time count.
 */
final class KnownLabels {
  private static final String ALL = "*";

  private final Timeline timeline;
  private final Set<String> fields = new TreeSet<>();

  /** The longest first. */
  private final List<Duration> windows;

  /** The labels of one scope in one window, before the asked time. */
  private record Seen(long positives, long count) {
    double smoothed(double prior, double weight) {
      return (positives + weight * prior) / (count + weight);
    }
  }

  KnownLabels(ModelSpec spec, Timeline timeline) {
    this.timeline = timeline;
    TreeSet<Duration> found = new TreeSet<>();
    for (FeatureSpec feature : spec.features()) {
      if (feature instanceof FeatureSpec.KnownLabelRate rate) {
        found.add(rate.window());
        if (rate.by() != null) {
          fields.add(rate.by());
        }
      }
    }
    this.windows = List.copyOf(found.descendingSet());
  }

  void add(JsonNode label, String id, long labelTime, double value) {
    byte[] bytes = {(byte) value};
    timeline.put(ALL, labelTime, id, bytes);
    for (String field : fields) {
      if (label.path(field).isValueNode()) {
        timeline.put(scope(field, label), labelTime, id, bytes);
      }
    }
  }

  /** Returns the smoothed rates before {@code at} for one event; each scope is scanned once. */
  ToDoubleFunction<FeatureSpec.KnownLabelRate> before(Instant at, JsonNode event) {
    Map<String, List<Seen>> scanned = new HashMap<>();
    return feature -> {
      int window = windows.indexOf(feature.window());
      double overall =
          scanned
              .computeIfAbsent(ALL, scope -> scan(scope, at))
              .get(window)
              .smoothed(feature.prior(), feature.weight());
      return feature.by() == null
          ? overall
          : scanned
              .computeIfAbsent(scope(feature.by(), event), scope -> scan(scope, at))
              .get(window)
              .smoothed(overall, feature.weight());
    };
  }

  private List<Seen> scan(String scope, Instant at) {
    long to = at.toEpochMilli();
    long[] from = windows.stream().mapToLong(window -> to - window.toMillis() + 1).toArray();
    long[] positives = new long[from.length];
    long[] counts = new long[from.length];
    timeline.scan(
        scope,
        from[0],
        to,
        (time, value) -> {
          for (int i = 0; i < from.length && time >= from[i]; i++) {
            positives[i] += value[0];
            counts[i]++;
          }
        });
    return IntStream.range(0, from.length)
        .mapToObj(i -> new Seen(positives[i], counts[i]))
        .toList();
  }

  /** Forgets what no later event can ask for, for one label's scopes. */
  void forget(JsonNode label, long now) {
    long longest = windows.isEmpty() ? 0 : windows.get(0).toMillis();
    timeline.removeBefore(ALL, now - longest);
    for (String field : fields) {
      if (label.path(field).isValueNode()) {
        timeline.removeBefore(scope(field, label), now - longest);
      }
    }
  }

  private static String scope(String field, JsonNode record) {
    return field + "=" + record.path(field).asText();
  }
}
