package dev.weir.pipeline.derive;

import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What all derived features of a spec look back on, each once; immutable. */
final class Plan {
  private final Map<Lookback, Lookback.Depth> depths = new LinkedHashMap<>();
  private final Map<Lane, List<Lookback>> lanes;
  private final List<String> numbers;

  private Plan(ModelSpec spec) {
    for (FeatureSpec.Derived feature : spec.derivedFeatures()) {
      Lookback.Depth depth = Lookback.depth(feature);
      depths.merge(Lookback.of(feature), depth, Lookback.Depth::or);
      if (feature instanceof FeatureSpec.KnownLabelRate rate) {
        depths.merge(Lookback.overall(rate), depth, Lookback.Depth::or);
      }
    }
    this.lanes =
        depths.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    lookback -> Lane.of(lookback.scope()),
                    LinkedHashMap::new,
                    Collectors.toUnmodifiableList()));
    Set<String> fields = new TreeSet<>();
    for (Lookback lookback : depths.keySet()) {
      if (lookback.field() != null) {
        fields.add(lookback.field());
      }
    }
    this.numbers = List.copyOf(fields);
  }

  static Plan of(ModelSpec spec) {
    return new Plan(spec);
  }

  /** Returns the lanes over events or over labels. */
  List<Lane> lanes(FeatureSpec.Source over) {
    return lanes.keySet().stream().filter(lane -> lane.over() == over).toList();
  }

  /** Returns all lanes with what is looked back on in each. */
  Map<Lane, List<Lookback>> lookbacks() {
    return lanes;
  }

  Lookback.Depth depth(Lookback lookback) {
    return depths.getOrDefault(lookback, Lookback.Depth.ALL);
  }

  /** Returns the fields that are aggregated over events, in the order of their values. */
  List<String> numbers() {
    return numbers;
  }

  /** Returns the longest window, in milliseconds. */
  long longestMillis() {
    return depths.keySet().stream().mapToLong(Lookback::windowMillis).max().orElse(0);
  }
}
