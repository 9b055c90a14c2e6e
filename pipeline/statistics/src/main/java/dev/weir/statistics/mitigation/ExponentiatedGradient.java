package dev.weir.statistics.mitigation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Agarwal et al.'s exponentiated gradient: a mitigation in training that makes any weighted learner
 * fair at the least loss of accuracy, by a game of two players. One raises the price λ of each
 * violated constraint by an exponentiated-gradient step; the other answers with the classifier that
 * is best at these prices, which is a weighted fit: a row's cost of being selected is {@code (1 −
 * 2y)/n + Σ λⱼ ∂γⱼ}, its label becomes the cheaper decision and its weight the difference.
 *
 * <p>After each step the best mixture of the classifiers found so far and its prices come from a
 * linear program, as in Fairlearn 0.12, which ends the game after a few fits; the classifier that
 * is best at those prices joins them, and tells by how much the mixture could be beaten at most.
 *
 * <p>It learns a price under which everybody has one decision by a constant. The rows weigh 1 each.
 * Deterministic where the learner is.
 *
 * @param <C> what is learned
 * @see <a href="https://arxiv.org/abs/1803.02453">A. Agarwal et al., A Reductions Approach to Fair
 *     Classification, 2018, algorithm 1</a>
 */
public final class ExponentiatedGradient<C> {
  /** Agarwal's B: the most that all prices sum to, and the price of a violation that stays. */
  private static final double MOST_MULTIPLIER = 100;

  private static final double LEARNING_RATE = 2 / MOST_MULTIPLIER;
  private static final double NO_BETTER = 1e-12;
  private static final double CLOSED = 1e-6;

  private final WeightedLearner<C> learner;
  private final GroupRows rows;
  private final Moments moments;
  private final double slack;
  private final List<WeightedLearner.Fitted<C>> found = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private final List<double[]> gammas = new ArrayList<>();
  private int fits;

  private ExponentiatedGradient(
      Parity parity, double slack, GroupRows rows, WeightedLearner<C> learner) {
    this.learner = learner;
    this.rows = rows;
    this.moments = new Moments(parity, rows);
    this.slack = slack;
  }

  /**
   * Plays the game.
   *
   * @param parity what is to be alike
   * @param slack how far a group's rate may lie from the overall rate, &gt; 0
   * @param labels each 0 or 1, shape [n]
   * @param groups the group of each row, shape [n]
   * @param learner holds the n rows
   * @param rounds steps at most, ≥ 1; each takes up to two fits
   */
  public static <C> Mixture<C> fit(
      Parity parity,
      double slack,
      double[] labels,
      List<String> groups,
      WeightedLearner<C> learner,
      int rounds) {
    if (!(slack > 0) || rounds < 1) {
      throw new IllegalArgumentException(
          "need slack > 0 and rounds >= 1, was " + slack + " and " + rounds);
    }
    return new ExponentiatedGradient<>(parity, slack, new GroupRows(groups, labels), learner)
        .play(rounds);
  }

  private Mixture<C> play(int rounds) {
    double[] theta = new double[moments.size()];
    double[] shares = {1};
    double gap = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds && gap > CLOSED; round++) {
      int answer = best(prices(theta));
      SaddlePoint saddle = SaddlePoint.of(errors, gammas, slack, MOST_MULTIPLIER);
      double reached = gap(saddle);
      if (reached < gap) {
        gap = reached;
        shares = saddle.shares();
      }
      for (int j = 0; j < theta.length; j++) {
        theta[j] += LEARNING_RATE * (gammas.get(answer)[j] - slack);
      }
    }
    return mixture(shares, gap);
  }

  private static double[] prices(double[] theta) {
    double[] prices = Arrays.stream(theta).map(Math::exp).toArray();
    double sum = 1 + Arrays.stream(prices).sum();
    return Arrays.stream(prices).map(p -> MOST_MULTIPLIER * p / sum).toArray();
  }

  /**
   * Returns the index of a classifier that is best at these prices, as far as the learner knows.
   */
  private int best(double[] prices) {
    int known = bestKnown(prices);
    WeightedLearner.Fitted<C> fitted = answer(prices);
    double error = error(fitted.decisions());
    double[] gamma = moments.of(fitted.decisions());
    if (known >= 0 && error + dot(prices, gamma) >= value(known, prices) - NO_BETTER) {
      return known;
    }
    found.add(fitted);
    errors.add(error);
    gammas.add(gamma);
    return found.size() - 1;
  }

  private int bestKnown(double[] prices) {
    int best = -1;
    for (int i = 0; i < found.size(); i++) {
      if (best < 0 || value(i, prices) < value(best, prices)) {
        best = i;
      }
    }
    return best;
  }

  private double value(int classifier, double[] prices) {
    return errors.get(classifier) + dot(prices, gammas.get(classifier));
  }

  private WeightedLearner.Fitted<C> answer(double[] prices) {
    double[] costs = moments.costs(prices);
    double[] labels = new double[costs.length];
    double[] weights = new double[costs.length];
    double selected = 0;
    double total = 0;
    for (int i = 0; i < costs.length; i++) {
      double cost = costs[i] + (1 - 2.0 * rows.label(i)) / costs.length;
      labels[i] = cost < 0 ? 1 : 0;
      weights[i] = Math.abs(cost);
      selected += labels[i];
      total += weights[i];
    }
    if (selected == 0 || selected == labels.length) {
      return learner.constant((int) labels[0]);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= weights.length / total;
    }
    fits++;
    return learner.fit(labels, weights);
  }

  private double error(double[] decisions) {
    int wrong = 0;
    for (int i = 0; i < decisions.length; i++) {
      wrong += decisions[i] == rows.label(i) ? 0 : 1;
    }
    return (double) wrong / decisions.length;
  }

  /** How much either player could still gain; adds the other's best answer to what is found. */
  private double gap(SaddlePoint saddle) {
    double error = 0;
    double[] gamma = new double[moments.size()];
    for (int i = 0; i < saddle.shares().length; i++) {
      error += saddle.shares()[i] * errors.get(i);
      for (int j = 0; j < gamma.length; j++) {
        gamma[j] += saddle.shares()[i] * gammas.get(i)[j];
      }
    }
    double slackCost = slack * Arrays.stream(saddle.multipliers()).sum();
    double here = error + dot(saddle.multipliers(), gamma) - slackCost;
    double most = Arrays.stream(gamma).max().orElse(0) - slack;
    double high = error + MOST_MULTIPLIER * Math.max(0, most);
    double low = value(best(saddle.multipliers()), saddle.multipliers()) - slackCost;
    return Math.max(here - low, high - here);
  }

  private Mixture<C> mixture(double[] shares, double gap) {
    List<Mixture.Member<C>> members = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0) {
        double violation = Arrays.stream(gammas.get(i)).max().orElse(0);
        members.add(
            new Mixture.Member<>(
                found.get(i).classifier(),
                shares[i],
                found.get(i).decisions(),
                errors.get(i),
                violation));
      }
    }
    return new Mixture<>(members, slack, gap, fits);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
