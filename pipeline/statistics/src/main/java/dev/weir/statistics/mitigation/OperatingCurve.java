package dev.weir.statistics.mitigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one group can reach by thresholds and by mixing two of them: the upper convex hull of the
 * operating points in the plane of two rates, one point per threshold between two scores.
 */
final class OperatingCurve {
  /** A rate that a threshold gives, of true and false positives. */
  interface Rate {
    double of(Totals totals, int truePositives, int falsePositives);
  }

  /**
   * Rows of the group.
   *
   * @param positives with label 1
   * @param negatives with label 0
   */
  record Totals(int positives, int negatives) {
    int rows() {
      return positives + negatives;
    }
  }

  /**
   * Selecting what scores above a threshold.
   *
   * @param x the rate that is made alike
   * @param y the rate that is to be high
   */
  record Point(double x, double y, double threshold) {}

  /**
   * A mixture of two neighbours on the hull.
   *
   * @param y what it gives
   * @param p0 the share of {@code first}; 1 − p0 that of {@code second}
   */
  record Mix(double y, double p0, Point first, Point second) {}

  private final List<Point> hull;

  private OperatingCurve(List<Point> hull) {
    this.hull = hull;
  }

  /** Returns the curve of a group with both classes. O(n log n). */
  static OperatingCurve of(double[] scores, int[] labels, Rate x, Rate y) {
    int positives = Arrays.stream(labels).sum();
    Totals totals = new Totals(positives, labels.length - positives);
    List<Point> points =
        points(
            scores,
            labels,
            (t, f, threshold) -> new Point(x.of(totals, t, f), y.of(totals, t, f), threshold));
    points.sort(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y));
    return new OperatingCurve(hull(points));
  }

  private interface PointMaker {
    Point of(int truePositives, int falsePositives, double threshold);
  }

  private static List<Point> points(double[] scores, int[] labels, PointMaker maker) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
            .mapToInt(i -> i)
            .toArray();
    List<Point> points = new ArrayList<>();
    points.add(maker.of(0, 0, Double.POSITIVE_INFINITY));
    int[] counts = new int[2];
    int i = 0;
    while (i < order.length) {
      double score = scores[order[i]];
      while (i < order.length && scores[order[i]] == score) {
        counts[labels[order[i]]]++;
        i++;
      }
      double next = i < order.length ? scores[order[i]] : Double.NEGATIVE_INFINITY;
      points.add(maker.of(counts[1], counts[0], (score + next) / 2));
    }
    return points;
  }

  private static List<Point> hull(List<Point> sorted) {
    List<Point> hull = new ArrayList<>();
    for (Point next : sorted) {
      while (hull.size() >= 2
          && isBelow(hull.get(hull.size() - 1), hull.get(hull.size() - 2), next)) {
        hull.remove(hull.size() - 1);
      }
      hull.add(next);
    }
    return hull;
  }

  /**
   * Returns whether {@code middle} lies on or below the line from {@code first} to {@code last}.
   */
  private static boolean isBelow(Point middle, Point first, Point last) {
    return (middle.y() - first.y()) * (last.x() - first.x())
        <= (last.y() - first.y()) * (middle.x() - first.x());
  }

  /** Returns the mixtures at ascending values of x in [0, 1]. */
  List<Mix> at(double[] xs) {
    List<Mix> mixes = new ArrayList<>();
    int segment = 0;
    for (double x : xs) {
      while (segment + 2 < hull.size() && x > hull.get(segment + 1).x()) {
        segment++;
      }
      Point first = hull.get(segment);
      Point second = hull.get(segment + 1);
      double width = second.x() - first.x();
      double p0 = width > 0 ? (second.x() - x) / width : 0;
      mixes.add(new Mix(p0 * first.y() + (1 - p0) * second.y(), p0, first, second));
    }
    return mixes;
  }
}
