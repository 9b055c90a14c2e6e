package dev.weir.contracts.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.util.List;

/**
 * What stands at each position of the feature vector.
 *
 * @param columns one per position
 */
public record FeatureLayout(List<Column> columns) {
  public FeatureLayout {
    columns = List.copyOf(columns);
  }

  /** Returns the layout of a spec's vector. */
  public static FeatureLayout of(ModelSpec spec) {
    return new FeatureLayout(spec.features().stream().map(FeatureLayout::column).toList());
  }

  private static Column column(FeatureSpec feature) {
    if (feature instanceof FeatureSpec.Category category) {
      return new Column(feature.name(), category.values().size());
    }
    if (feature instanceof FeatureSpec.TimePart time) {
      return new Column(feature.name(), time.part().cardinality());
    }
    boolean isShare = feature instanceof FeatureSpec.Derived derived && derived.isShare();
    return new Column(feature.name(), 0, isShare);
  }

  /**
   * One position.
   *
   * @param name the feature's name
   * @param cardinality 0 for a number; for a category the vocabulary's size K: codes are 1..K, and
   *     0 is unseen
   * @param isShare whether it is a number in [0, 1] by what it means
   */
  public record Column(String name, int cardinality, boolean isShare) {
    /** Creates the column of a category, or of a number in any unit. */
    public Column(String name, int cardinality) {
      this(name, cardinality, false);
    }

    /** Returns whether the position holds a category's code. */
    @JsonIgnore
    public boolean isCategory() {
      return cardinality > 0;
    }
  }
}
