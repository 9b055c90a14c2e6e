package dev.weir.pipeline.monitor;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what passes into a tally over the bins of a profile; not thread-safe. */
public final class RowCounter {
  private final List<Distribution> variables;
  private final RowTally tally;

  /**
   * Creates a counter.
   *
   * @param version the champion's version; 0 where there is none
   * @param reference its profile; null to count rows and label delays only
   */
  public RowCounter(int version, @Nullable ReferenceProfile reference) {
    this.variables = reference == null ? List.of() : RowTally.variables(reference);
    this.tally = RowTally.of(version, reference);
  }

  /**
   * Counts a row of the profile's spec.
   *
   * @throws IllegalArgumentException if it has another number of features, or a code that its
   *     vocabulary does not have
   */
  public void row(FeatureVector features) {
    int size = variables.size() - 1;
    if (size >= 0 && features.size() != size) {
      throw new IllegalArgumentException(
          "row must have " + size + " features, was " + features.size());
    }
    for (int i = 0; i < size; i++) {
      tally.addValue(i, variables.get(i), features.get(i));
    }
    tally.addRow();
  }

  /** Counts what the champion said of a row; without a profile nothing. */
  public void prediction(double probability) {
    if (!variables.isEmpty()) {
      int last = variables.size() - 1;
      tally.addValue(last, variables.get(last), probability);
    }
  }

  /** Counts a label. */
  public void label(Instant eventTime, Instant labelTime) {
    tally.addLabel(Duration.between(eventTime, labelTime));
  }

  /** Returns what was counted since it was cleared; it goes on changing. */
  public RowTally tally() {
    return tally;
  }
}
