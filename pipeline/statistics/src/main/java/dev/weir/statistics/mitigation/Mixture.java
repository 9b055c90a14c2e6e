package dev.weir.statistics.mitigation;

import java.util.Comparator;
import java.util.List;

/**
 * A randomized classifier: each decision is that of one member, drawn by its share.
 *
 * @param members the members with a share above 0
 * @param slack how far a group's rate might lie from the overall rate
 * @param gap how far the mixture is from the best one possible, in the Lagrangian's units
 * @param fits classifiers that were learned
 * @param <C> what the members are
 */
public record Mixture<C>(List<Member<C>> members, double slack, double gap, int fits) {
  public Mixture {
    members = List.copyOf(members);
  }

  /**
   * One classifier.
   *
   * @param classifier the classifier
   * @param share the share of the decisions that are its, in (0, 1]
   * @param decisions what it decides of the learner's rows; not copied
   * @param error the share of the rows that it decides otherwise than labelled
   * @param violation the largest distance of a group's rate from the overall rate
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Member<C>(
      C classifier, double share, double[] decisions, double error, double violation) {}

  /** Returns the probability with which each of the learner's rows is selected. */
  public double[] probabilities() {
    double[] sum = new double[members.get(0).decisions().length];
    for (Member<C> member : members) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += member.share() * member.decisions()[i];
      }
    }
    return sum;
  }

  /**
   * Returns the member that decides best alone, without chance: of those within the slack the one
   * with the smallest error, else the one that violates least. It keeps less of the accuracy or
   * violates more than the mixture does.
   */
  public Member<C> best() {
    Comparator<Member<C>> byViolation =
        Comparator.comparingDouble(member -> Math.max(slack, member.violation()));
    return members.stream().min(byViolation.thenComparingDouble(Member::error)).orElseThrow();
  }
}
