package dev.weir.auditor.privacy;

import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.ProportionEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Guesses from scores and labels which rows a model was trained on, and says how often that works.
 *
 * <p>Two attacks that need neither shadow models nor the model's insides: a threshold on the loss,
 * and the ratio of the likelihoods of members and others, each a normal distribution of {@link
 * LabelConfidence} per label. Each is fitted to, and its threshold chosen for the greatest
 * advantage {@code TPR − FPR} on, one half of members and others; so is the stronger of the two. On
 * the other half the advantage is counted, so that it is not what the search found by chance: a
 * model that gives nothing away has an expected advantage of 0.
 *
 * <p>Members and others must be alike but for the training. Where they lie in other times, a drift
 * between them looks like membership.
 *
 * @see <a href="https://doi.org/10.1109/CSF.2018.00027">S. Yeom et al., Privacy Risk in Machine
 *     Learning, 2018 (loss threshold, advantage)</a>
 * @see <a href="https://arxiv.org/abs/2112.03570">N. Carlini et al., Membership Inference Attacks
 *     From First Principles, 2022 (likelihood ratio)</a>
 */
public final class MembershipInference {
  /** Rows that members and others each need: half of them fit, half of them count. */
  public static final int LEAST_ROWS = 20;

  private static final double ALPHA = 0.05;

  /** The ways to guess. */
  public enum Method {
    /** Members have a loss below a threshold. */
    LOSS_THRESHOLD,
    /** Members are likelier under the distribution of members. */
    LIKELIHOOD_RATIO
  }

  /**
   * What one attack achieved.
   *
   * @param method the attack
   * @param fittedAdvantage TPR − FPR on the half that it was fitted to, which flatters it
   * @param truePositiveRate share of the other half's members that it calls members
   * @param falsePositiveRate share of the other half's others that it calls members
   * @param advantage their difference
   * @param lower lower end of its 95 % interval (Newcombe)
   * @param upper upper end
   */
  public record Attempt(
      Method method,
      double fittedAdvantage,
      double truePositiveRate,
      double falsePositiveRate,
      double advantage,
      double lower,
      double upper) {}

  /**
   * What both attacks achieved.
   *
   * @param members members that were guessed, of the counting half
   * @param others others that were guessed
   * @param attempts each attack
   * @param stronger the attack that did better on the fitting half
   */
  public record Result(long members, long others, List<Attempt> attempts, Method stronger) {
    public Result {
      attempts = List.copyOf(attempts);
    }

    /** Returns the advantage of the stronger attack, TPR − FPR, in [−1, 1]. */
    public IndependentDifference advantage() {
      Attempt attempt =
          attempts.stream().filter(a -> a.method() == stronger).findFirst().orElseThrow();
      return new IndependentDifference(
          new ProportionEstimate(Math.round(attempt.truePositiveRate() * members), members),
          new ProportionEstimate(Math.round(attempt.falsePositiveRate() * others), others));
    }
  }

  private MembershipInference() {}

  /**
   * Returns what the attacks achieve; empty when members or others are fewer than {@value
   * #LEAST_ROWS}.
   *
   * @param memberScores probabilities of class 1 of rows that were trained on
   * @param memberLabels their labels, 0 or 1
   * @param otherScores probabilities of rows that were not
   * @param otherLabels their labels
   * @param seed of the halves
   */
  public static Optional<Result> of(
      double[] memberScores,
      double[] memberLabels,
      double[] otherScores,
      double[] otherLabels,
      long seed) {
    LabelConfidence members = LabelConfidence.of(memberScores, memberLabels);
    LabelConfidence others = LabelConfidence.of(otherScores, otherLabels);
    if (members.size() < LEAST_ROWS || others.size() < LEAST_ROWS) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    Halves ours = Halves.of(members, random);
    Halves theirs = Halves.of(others, random);
    List<Attempt> attempts =
        Arrays.stream(Method.values()).map(method -> attempt(method, ours, theirs)).toList();
    Method stronger =
        attempts.get(1).fittedAdvantage() > attempts.get(0).fittedAdvantage()
            ? attempts.get(1).method()
            : attempts.get(0).method();
    return Optional.of(
        new Result(ours.counting().size(), theirs.counting().size(), attempts, stronger));
  }

  private record Halves(LabelConfidence fitting, LabelConfidence counting) {
    static Halves of(LabelConfidence rows, SplittableRandom random) {
      int[] order = IntStream.range(0, rows.size()).toArray();
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      int half = order.length / 2;
      return new Halves(
          rows.only(Arrays.copyOf(order, half)),
          rows.only(Arrays.copyOfRange(order, half, order.length)));
    }
  }

  private static Attempt attempt(Method method, Halves members, Halves others) {
    LabelNormals in = LabelNormals.of(members.fitting());
    LabelNormals out = LabelNormals.of(others.fitting());
    MembershipThreshold threshold =
        MembershipThreshold.of(
            signals(method, members.fitting(), in, out),
            signals(method, others.fitting(), in, out));
    ProportionEstimate hits = threshold.exceededBy(signals(method, members.counting(), in, out));
    ProportionEstimate alarms = threshold.exceededBy(signals(method, others.counting(), in, out));
    IndependentDifference advantage = new IndependentDifference(hits, alarms);
    Interval interval = Interval.of(advantage, ALPHA);
    return new Attempt(
        method,
        threshold.advantage(),
        hits.value(),
        alarms.value(),
        advantage.value(),
        interval.lower(),
        interval.upper());
  }

  /** Returns per row what is the higher the likelier the row is a member. */
  private static double[] signals(
      Method method, LabelConfidence rows, LabelNormals in, LabelNormals out) {
    if (method == Method.LOSS_THRESHOLD) {
      return rows.values();
    }
    double[] ratios = new double[rows.size()];
    for (int i = 0; i < ratios.length; i++) {
      double value = rows.values()[i];
      double label = rows.labels()[i];
      ratios[i] = in.logDensity(value, label) - out.logDensity(value, label);
    }
    return ratios;
  }
}
