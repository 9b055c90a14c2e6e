package dev.weir.auditor.hazard;

import dev.weir.auditor.evidence.RowSample;
import dev.weir.contracts.event.Example;
import java.util.Arrays;
import java.util.List;

/**
 * Rows with their labels, as a model sees them.
 *
 * @param features shape [N, F]
 * @param labels 0 or 1, shape [N]
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledRows(float[][] features, double[] labels) {
  /** Returns the rows of examples, in their order. */
  public static LabelledRows of(List<Example> examples) {
    return new LabelledRows(
        examples.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new),
        examples.stream().mapToDouble(Example::label).toArray());
  }

  /** Returns at most that many of the rows, drawn by the seed. */
  LabelledRows sample(int most, long seed) {
    int[] chosen = RowSample.of(labels.length, most, seed);
    return new LabelledRows(
        Arrays.stream(chosen).mapToObj(i -> features[i]).toArray(float[][]::new),
        Arrays.stream(chosen).mapToDouble(i -> labels[i]).toArray());
  }

  /** Returns the number of rows, N. */
  public int size() {
    return labels.length;
  }
}
