package dev.weir.auditor.robustness;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.feature.FeatureLayout.Column;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.explain.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inputs that no training row had: each number ten times the width of its range beyond either end
 * and at either end of the 32-bit floats; each category with a code below and above its vocabulary.
 * A graph must clip them inside: it must answer, with a probability.
 */
final class OutOfRange {
  private static final double WIDTHS = 10;

  private final FeatureLayout layout;
  private final NumericBox box;

  OutOfRange(FeatureLayout layout, NumericBox box) {
    this.layout = layout;
    this.box = box;
  }

  /** Returns a finding per feature and input. */
  List<ExtremeInput> of(Scorer scorer, float[][] rows) {
    double[] base = scorer.score(rows);
    List<ExtremeInput> findings = new ArrayList<>();
    for (int feature = 0; feature < layout.columns().size(); feature++) {
      Column column = layout.columns().get(feature);
      for (float input : inputs(feature, column)) {
        double[] scores = answers(scorer, Columns.replaced(rows, feature, input));
        findings.add(finding(column.name(), input, base, scores));
      }
    }
    return List.copyOf(findings);
  }

  private float[] inputs(int feature, Column column) {
    if (column.isCategory()) {
      return new float[] {-1, column.cardinality() + 1f};
    }
    double width = Math.max(1, (double) box.most(feature) - box.least(feature));
    if (!Double.isFinite(width)) {
      return new float[] {-Float.MAX_VALUE, Float.MAX_VALUE};
    }
    return new float[] {
      -Float.MAX_VALUE,
      (float) (box.least(feature) - WIDTHS * width),
      (float) (box.most(feature) + WIDTHS * width),
      Float.MAX_VALUE
    };
  }

  /** A graph may refuse a whole batch; then no row of it has an answer. */
  private static double[] answers(Scorer scorer, float[][] rows) {
    try {
      return scorer.score(rows);
    } catch (ModelException refused) {
      double[] none = new double[rows.length];
      Arrays.fill(none, Double.NaN);
      return none;
    }
  }

  private static ExtremeInput finding(String name, float input, double[] base, double[] scores) {
    int failures = 0;
    Double worst = null;
    for (int i = 0; i < base.length; i++) {
      if (scores[i] >= 0 && scores[i] <= 1) {
        double change = Math.abs(scores[i] - base[i]);
        worst = worst == null ? change : Math.max(worst, change);
      } else {
        failures++;
      }
    }
    return new ExtremeInput(name, input, failures, worst);
  }
}
