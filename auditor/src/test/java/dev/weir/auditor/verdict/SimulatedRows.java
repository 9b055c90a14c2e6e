package dev.weir.auditor.verdict;

import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.Manifests;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.policy.Verdict;
import dev.weir.model.artifact.ModelManifest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A population of rows in groups of equal size, of which more and more can be drawn. Group 0 may be
 * treated otherwise than the rest; its true difference to the rest is the gap.
 */
final class SimulatedRows {
  private static final double THRESHOLD = 0.5;
  private static final double RATE = 0.3;
  private static final double BRIER = 0.1;
  private static final ModelManifest MANIFEST = Manifests.deciding(THRESHOLD, 0.35);

  /** What is wrong with group 0. */
  enum Wrong {
    /** It is selected more often, by the gap. */
    SELECTION,
    /** It is selected more often, by the gap, and judged by the ratio of the rates. */
    RATIO,
    /** It is predicted too high, by the gap. */
    CALIBRATION,
    /** Its Brier score is higher by the gap, as its scores know less. */
    BRIER
  }

  private final int groups;
  private final Wrong wrong;
  private final double gap;
  private final SplittableRandom random;
  private double[] labels = {};
  private double[] scores = {};

  SimulatedRows(int groups, Wrong wrong, double gap, long seed) {
    this.groups = groups;
    this.wrong = wrong;
    this.gap = gap;
    this.random = new SplittableRandom(seed);
  }

  /** Draws until there are so many rows in all. */
  void grow(int rows) {
    int from = labels.length;
    labels = Arrays.copyOf(labels, rows);
    scores = Arrays.copyOf(scores, rows);
    for (int row = from; row < rows; row++) {
      draw(row, row % groups == 0 ? gap : 0);
    }
  }

  private void draw(int row, double more) {
    double u = random.nextDouble();
    double p = 0.2 + 0.3 * u;
    double shift = 0;
    switch (wrong) {
      case SELECTION, RATIO -> p = u < RATE + more ? 0.8 : 0.2;
      case CALIBRATION -> shift = more;
      case BRIER -> {
        // Scores 0.5 - s and 0.5 + s whose labels follow them have the Brier score 0.25 - s².
        double s = Math.sqrt(0.25 - BRIER - more);
        p = u < 0.5 ? 0.5 - s : 0.5 + s;
      }
    }
    labels[row] = random.nextDouble() < p ? 1 : 0;
    scores[row] = p + shift;
  }

  int rows() {
    return labels.length;
  }

  Verdict audit(Policy policy, int look) {
    return new GateEngine(policy, look).evaluate(measurements(), false);
  }

  /** Returns the smallest over the largest selection rate, what the four-fifths rule looks at. */
  double impactRatio() {
    double[] selected = new double[groups];
    for (int row = 0; row < scores.length; row++) {
      selected[row % groups] += scores[row] >= THRESHOLD ? 1 : 0;
    }
    double most = Arrays.stream(selected).max().orElse(0);
    return most == 0 ? Double.NaN : Arrays.stream(selected).min().orElse(0) / most;
  }

  private Measurements measurements() {
    List<String> names = IntStream.range(0, groups).mapToObj(Integer::toString).toList();
    int[] codes = IntStream.range(0, labels.length).map(row -> row % groups).toArray();
    ScoredRows rows = ScoredRows.of(labels, scores, Map.of("g", new Grouping(names, codes)));
    return new Measurements(rows, MANIFEST);
  }

  /** Returns a policy of one gate for a gap within a limit. */
  static Policy policy(int reaudits, Wrong wrong, double limit) {
    String metric =
        switch (wrong) {
          case SELECTION -> "selectionRateDifference";
          case RATIO -> "selectionRateRatio";
          case CALIBRATION -> "calibrationGapDifference";
          case BRIER -> "brierDifference";
        };
    return PolicyReader.parse(
        "policy.yaml",
        """
        id: test
        version: 1
        alpha: 0.05
        reaudits: %d
        gates:
          - {name: gap, metric: %s, groups: g, %s}
        """
            .replaceFirst("%d", Integer.toString(reaudits))
            .replaceFirst("%s", metric)
            .replaceFirst("%s", tolerance(wrong, limit)));
  }

  private static String tolerance(Wrong wrong, double limit) {
    return wrong == Wrong.RATIO ? "below: " + (1 + limit / RATE) : "within: " + limit;
  }
}
