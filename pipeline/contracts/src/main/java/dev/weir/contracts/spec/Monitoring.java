package dev.weir.contracts.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What is watched beside ADWIN's residual, which {@link Triggers} tunes, and from where on it is an
 * alarm. An alarm needs both: evidence at {@code level}, and an effect of some size.
 *
 * @param watch the kinds of monitors that run
 * @param level chance of a false alarm: of all tests of a kind in one week of event time, and of
 *     all pairs of groups for as long as a champion serves; in (0, 1)
 * @param drift how values are compared with those of the training rows
 * @param quality how gaps, volume and label delays are
 * @param performance how the live model is compared with its own beginning
 * @param fairness how groups are compared
 */
public record Monitoring(
    Set<Kind> watch,
    double level,
    Drift drift,
    Quality quality,
    Performance performance,
    Fairness fairness) {
  public Monitoring {
    Set<Kind> copy = EnumSet.noneOf(Kind.class);
    copy.addAll(watch);
    watch = Collections.unmodifiableSet(copy);
  }

  /** Returns what is watched where a spec says nothing. */
  public static Monitoring defaults() {
    return new Monitoring(
        EnumSet.allOf(Kind.class),
        0.01,
        new Drift(1000, 0.1),
        new Quality(1000, 0.02, Duration.ofHours(6)),
        new Performance(500, 0.02, 0.05, 0.05),
        new Fairness(1000, 0.2, EnumSet.allOf(Rate.class), 10));
  }

  /** A kind of monitor, as in a signal. */
  public enum Kind {
    /** Features and predictions. */
    DRIFT,
    /** Gaps, volume and label delays. */
    QUALITY,
    /** Losses of the live model. */
    PERFORMANCE,
    /** Gaps between groups. */
    FAIRNESS;

    /** Returns its name in {@code weir.yaml} and in signals. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A rate of decisions that groups are compared by. */
  public enum Rate {
    /** Selected rows of all. */
    SELECTION("selectionRate"),
    /** Selected rows of those with label 1. */
    TRUE_POSITIVE("truePositiveRate"),
    /** Selected rows of those with label 0. */
    FALSE_POSITIVE("falsePositiveRate");

    private final String text;

    Rate(String text) {
      this.text = text;
    }

    /** Returns its name in {@code weir.yaml} and in signals. */
    public String text() {
      return text;
    }

    /** Returns whether a row with this label counts in it. */
    public boolean counts(double label) {
      return this == SELECTION || label == (this == TRUE_POSITIVE ? 1 : 0);
    }
  }

  /**
   * Features and predictions against the reference profile.
   *
   * @param window rows per test, ≥ 1
   * @param psiAbove least population stability index above what chance gives, in nats, ≥ 0; of
   *     label delays, too
   */
  public record Drift(int window, double psiAbove) {}

  /**
   * Missing, outside, unseen, volume and label delays.
   *
   * @param window rows, or labels, per test, ≥ 1
   * @param rise least rise of a share, in [0, 1)
   * @param slot length of event time whose rows are counted and compared with the same time of
   *     earlier days; divides a day or is at least one
   */
  public record Quality(int window, double rise, Duration slot) {}

  /**
   * The live model on labels, against the champion's first window.
   *
   * @param window outcomes per test, ≥ 2
   * @param brierRise least rise of the Brier loss, ≥ 0
   * @param aucFall least fall of the area under the ROC curve, ≥ 0
   * @param calibrationRise least rise of the expected calibration error, ≥ 0
   */
  public record Performance(int window, double brierRise, double aucFall, double calibrationRise) {}

  /**
   * Rates of groups.
   *
   * @param window outcomes per report, ≥ 1; evidence is looked at on each tick
   * @param tolerance the gap that is no news, in [0, 1)
   * @param rates the rates that are compared
   * @param mostGroups groups that are compared of a grouping that declares none, ≥ 2
   */
  public record Fairness(int window, double tolerance, Set<Rate> rates, int mostGroups) {
    public Fairness {
      Set<Rate> copy = EnumSet.noneOf(Rate.class);
      copy.addAll(rates);
      rates = Collections.unmodifiableSet(copy);
    }
  }
}
