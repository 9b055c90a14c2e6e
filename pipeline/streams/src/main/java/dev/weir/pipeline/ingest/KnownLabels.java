package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.state.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels known so far, by label time: what {@link FeatureSpec.KnownLabelRate} is computed from.
 * Only labels strictly before the asked time count.
 */
final class KnownLabels {
  private static final String ALL = "*";

  private final Timeline timeline;
  private final Set<String> fields = new TreeSet<>();
  private long longestMillis;

  KnownLabels(ModelSpec spec, Timeline timeline) {
    this.timeline = timeline;
    for (FeatureSpec feature : spec.features()) {
      if (feature instanceof FeatureSpec.KnownLabelRate rate) {
        longestMillis = Math.max(longestMillis, rate.window().toMillis());
        if (rate.by() != null) {
          fields.add(rate.by());
        }
      }
    }
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

  /** Returns the smoothed rate before {@code at}. */
  double rate(FeatureSpec.KnownLabelRate feature, JsonNode event, Instant at) {
    long to = at.toEpochMilli();
    long from = to - feature.window().toMillis() + 1;
    double overall = smoothed(ALL, from, to, feature.prior(), feature.weight());
    return feature.by() == null
        ? overall
        : smoothed(scope(feature.by(), event), from, to, overall, feature.weight());
  }

  private double smoothed(String scope, long from, long to, double prior, double weight) {
    long[] sumAndCount = new long[2];
    timeline.scan(
        scope,
        from,
        to,
        (time, value) -> {
          sumAndCount[0] += value[0];
          sumAndCount[1]++;
        });
    return (sumAndCount[0] + weight * prior) / (sumAndCount[1] + weight);
  }

  /** Forgets what no later event can ask for, for one label's scopes. */
  void forget(JsonNode label, long now) {
    List.of(ALL).forEach(scope -> timeline.removeBefore(scope, now - longestMillis));
    for (String field : fields) {
      if (label.path(field).isValueNode()) {
        timeline.removeBefore(scope(field, label), now - longestMillis);
      }
    }
  }

  private static String scope(String field, JsonNode record) {
    return field + "=" + record.path(field).asText();
  }
}
