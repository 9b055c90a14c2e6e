package dev.weir.statistics.mitigation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.linear.LinearConstraint;
import org.hipparchus.optim.linear.LinearConstraintSet;
import org.hipparchus.optim.linear.LinearObjectiveFunction;
import org.hipparchus.optim.linear.NonNegativeConstraint;
import org.hipparchus.optim.linear.Relationship;
import org.hipparchus.optim.linear.SimplexSolver;
import org.hipparchus.optim.nonlinear.scalar.GoalType;

/**
 * The saddle point of the Lagrangian over classifiers found so far: the best mixture, and the
 * multipliers that no classifier among them can do better against.
 *
 * @param shares the share of each classifier, summing to 1; not copied
 * @param multipliers one per constraint, ≥ 0, summing to at most the bound; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record SaddlePoint(double[] shares, double[] multipliers) {

  /**
   * Solves both linear programs.
   *
   * @param errors the error of each classifier
   * @param gammas γ of each classifier
   * @param slack how large γ may be
   * @param mostMultiplier upper bound of the multipliers' sum
   */
  static SaddlePoint of(
      List<Double> errors, List<double[]> gammas, double slack, double mostMultiplier) {
    return new SaddlePoint(
        shares(errors, gammas, slack, mostMultiplier),
        multipliers(errors, gammas, slack, mostMultiplier));
  }

  /** min e·q + Bτ, where γ q − τ ≤ slack, Σ q = 1. */
  private static double[] shares(
      List<Double> errors, List<double[]> gammas, double slack, double mostMultiplier) {
    int n = errors.size();
    double[] objective = new double[n + 1];
    double[] sum = new double[n + 1];
    for (int i = 0; i < n; i++) {
      objective[i] = errors.get(i);
      sum[i] = 1;
    }
    objective[n] = mostMultiplier;
    Collection<LinearConstraint> constraints = new ArrayList<>();
    constraints.add(new LinearConstraint(sum, Relationship.EQ, 1));
    for (int j = 0; j < gammas.get(0).length; j++) {
      double[] row = new double[n + 1];
      for (int i = 0; i < n; i++) {
        row[i] = gammas.get(i)[j];
      }
      row[n] = -1;
      constraints.add(new LinearConstraint(row, Relationship.LEQ, slack));
    }
    double[] solution = solve(objective, constraints, GoalType.MINIMIZE);
    double[] shares = new double[n];
    System.arraycopy(solution, 0, shares, 0, n);
    return shares;
  }

  /** max ν − slack Σ λ, where ν ≤ eᵢ + λ·γᵢ, Σ λ ≤ B; ν = ν₊ − ν₋. */
  private static double[] multipliers(
      List<Double> errors, List<double[]> gammas, double slack, double mostMultiplier) {
    int m = gammas.get(0).length;
    double[] objective = new double[m + 2];
    double[] sum = new double[m + 2];
    for (int j = 0; j < m; j++) {
      objective[j] = -slack;
      sum[j] = 1;
    }
    objective[m] = 1;
    objective[m + 1] = -1;
    Collection<LinearConstraint> constraints = new ArrayList<>();
    constraints.add(new LinearConstraint(sum, Relationship.LEQ, mostMultiplier));
    for (int i = 0; i < errors.size(); i++) {
      double[] row = new double[m + 2];
      for (int j = 0; j < m; j++) {
        row[j] = -gammas.get(i)[j];
      }
      row[m] = 1;
      row[m + 1] = -1;
      constraints.add(new LinearConstraint(row, Relationship.LEQ, errors.get(i)));
    }
    double[] solution = solve(objective, constraints, GoalType.MAXIMIZE);
    double[] multipliers = new double[m];
    for (int j = 0; j < m; j++) {
      multipliers[j] = Math.max(0, solution[j]);
    }
    return multipliers;
  }

  private static double[] solve(
      double[] objective, Collection<LinearConstraint> constraints, GoalType goal) {
    PointValuePair solution =
        new SimplexSolver()
            .optimize(
                new LinearObjectiveFunction(objective, 0),
                new LinearConstraintSet(constraints),
                goal,
                new NonNegativeConstraint(true));
    return solution.getPoint();
  }
}
