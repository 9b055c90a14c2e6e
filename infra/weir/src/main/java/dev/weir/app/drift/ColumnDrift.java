package dev.weir.app.drift;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one column of the current file compares with that of the reference.
 *
 * @param column its name
 * @param type how it was compared
 * @param values the values; null where they cannot be compared
 * @param missing the shares of missing cells; null where no cell of either file is missing
 * @param reference values in the reference
 * @param current values in the current file
 * @param missingInReference missing cells in the reference
 * @param missingInCurrent missing cells in the current file
 * @param verdict what it comes to
 * @param reason why it was not tested; empty where it was
 */
public record ColumnDrift(
    String column,
    ColumnType type,
    @Nullable Difference values,
    @Nullable Difference missing,
    long reference,
    long current,
    long missingInReference,
    long missingInCurrent,
    Verdict verdict,
    String reason) {

  /** What a comparison comes to. */
  public enum Verdict {
    /** The adjusted p-value is above the level. */
    NO_DRIFT,
    /** Significant and large enough to matter. */
    DRIFT,
    /** Significant, but the effect is below the floor. */
    NEGLIGIBLE,
    /** Nothing was tested. */
    NOT_TESTED;

    /** Returns the name that tables and JSON have. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * One test with its effect sizes.
   *
   * @param test the test's name
   * @param statistic D or χ²
   * @param pValue before adjustment
   * @param adjusted p-value after Benjamini and Hochberg, over all tests of the run
   * @param psi population stability index, in nats
   * @param psiWithoutDrift what chance alone gives
   * @param psiRule the rule of its bins
   * @param jensenShannon distance to base 2 over the same bins, in [0, 1]
   * @param wasserstein order 1, in the column's unit; NaN where there is no number
   * @param isDrift whether it is significant and at the floor or above
   * @param isSignificant whether the adjusted p-value is at most the level
   */
  public record Difference(
      String test,
      double statistic,
      double pValue,
      double adjusted,
      double psi,
      double psiWithoutDrift,
      String psiRule,
      double jensenShannon,
      double wasserstein,
      boolean isDrift,
      boolean isSignificant) {
    /** Returns the index beyond what chance alone gives; may be below 0. */
    public double excess() {
      return psi - psiWithoutDrift;
    }

    Difference judged(double adjustedP, DriftRequest request) {
      boolean isBelow = adjustedP <= request.level();
      return new Difference(
          test,
          statistic,
          pValue,
          adjustedP,
          psi,
          psiWithoutDrift,
          psiRule,
          jensenShannon,
          wasserstein,
          isBelow && excess() >= request.floor(),
          isBelow);
    }
  }

  ColumnDrift judged(@Nullable Difference newValues, @Nullable Difference newMissing) {
    return new ColumnDrift(
        column,
        type,
        newValues,
        newMissing,
        reference,
        current,
        missingInReference,
        missingInCurrent,
        verdict(newValues, newMissing),
        reason);
  }

  private static Verdict verdict(@Nullable Difference a, @Nullable Difference b) {
    if (a == null && b == null) {
      return Verdict.NOT_TESTED;
    }
    if ((a != null && a.isDrift()) || (b != null && b.isDrift())) {
      return Verdict.DRIFT;
    }
    boolean isSignificant = (a != null && a.isSignificant()) || (b != null && b.isSignificant());
    return isSignificant ? Verdict.NEGLIGIBLE : Verdict.NO_DRIFT;
  }
}
