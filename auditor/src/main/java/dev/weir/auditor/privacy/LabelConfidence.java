package dev.weir.auditor.privacy;

/**
 * What an attacker who knows a row and its label sees of it: {@code φ = ln(p_y / (1 − p_y))}, p_y
 * the probability that the model gives to the row's own label, kept 10⁻⁷ from 0 and 1. It falls as
 * the loss {@code −ln p_y} rises and is nearly normal where the loss is not.
 *
 * @param values φ per row
 * @param labels 0 or 1 per row
 * @see <a href="https://arxiv.org/abs/2112.03570">N. Carlini et al., Membership Inference Attacks
 *     From First Principles, 2022, §4</a>
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelConfidence(double[] values, double[] labels) {
  private static final double CLIP = 1e-7;

  static LabelConfidence of(double[] scores, double[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(
          "need one label per score, had "
              + scores.length
              + " scores and "
              + labels.length
              + " labels");
    }
    double[] values = new double[scores.length];
    for (int i = 0; i < values.length; i++) {
      double p = labels[i] == 1 ? scores[i] : 1 - scores[i];
      double clipped = Math.max(CLIP, Math.min(1 - CLIP, p));
      values[i] = Math.log(clipped / (1 - clipped));
    }
    return new LabelConfidence(values, labels.clone());
  }

  int size() {
    return values.length;
  }

  LabelConfidence only(int[] rows) {
    double[] someValues = new double[rows.length];
    double[] someLabels = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      someValues[i] = values[rows[i]];
      someLabels[i] = labels[rows[i]];
    }
    return new LabelConfidence(someValues, someLabels);
  }
}
