package dev.weir.pipeline.monitor;

import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.spec.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The lines of the tables in {@code docs/monitors.md}, simulated; the same seeds, the same lines.
 */
final class ErrorRates {
  /** Everything at 5 % and without a floor, so that the level shows. */
  private static final String BARE =
      "level: 0.05, drift: {psiAbove: 0}, quality: {rise: 0}, fairness: {tolerance: 0.2},"
          + " performance: {brierRise: 0, aucFall: 0, calibrationRise: 0}";

  private static final int WEEK = 10_000;
  private static final int OUTCOMES_PER_TICK = 100;
  private static final int FIRST_WINDOW = 500;

  private ErrorRates() {}

  /** Returns how often drift and quality alarm in a week of which nothing is new. */
  static List<String> rows(int weeks, double dayEffect) {
    Weeks stream = new Weeks(21, dayEffect);
    List<ModelSpec> specs = List.of(Weeks.spec(BARE), Weeks.spec(""));
    int[] alarmed = new int[4];
    for (int week = 0; week < weeks; week++) {
      ReferenceProfile reference = stream.reference();
      count(alarmed, stream.alarms(specs, reference, WEEK, Weeks.Shift.NONE));
    }
    String what = dayEffect == 0 ? "independent rows" : "days differ by " + dayEffect + " sd";
    return List.of(
        line("drift, quality", what, "5 %, none", alarmed[0], alarmed[1], weeks),
        line("drift, quality", what, "default", alarmed[2], alarmed[3], weeks));
  }

  private static String line(
      String kind, String what, String terms, int first, int second, int runs) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s, %s |",
        kind,
        what,
        terms,
        percent(first, runs),
        percent(second, runs));
  }

  /** Returns how often a change is seen in its first window, by drift and by quality. */
  static String power(int runs, String what, Weeks.Shift shift) {
    Weeks stream = new Weeks(22, 0);
    List<ModelSpec> specs = List.of(Weeks.spec(""));
    int[] alarmed = new int[2];
    for (int run = 0; run < runs; run++) {
      count(alarmed, stream.alarms(specs, stream.reference(), Weeks.WINDOW, shift));
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s |",
        what,
        percent(alarmed[0], runs),
        percent(alarmed[1], runs));
  }

  private static void count(int[] sums, boolean[] alarmed) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += alarmed[i] ? 1 : 0;
    }
  }

  private static String percent(long of, long all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * of / all);
  }

  /**
   * Returns how often the performance monitor alarms in a week in which the model stays as good.
   */
  static String performance(int weeks, String terms, String told) {
    int alarmed = 0;
    SplittableRandom random = new SplittableRandom(23);
    for (int week = 0; week < weeks; week++) {
      Monitor monitor = new LivePerformance(Weeks.spec(terms));
      monitor.champion(1, null);
      alarmed += alarms(monitor, random, WEEK + FIRST_WINDOW, 0, 0).isEmpty() ? 0 : 1;
    }
    return String.format(
        Locale.ROOT, "| performance | independent rows | %s | %s |", told, percent(alarmed, weeks));
  }

  /** Returns how often each measure alarms in the first window after a change. */
  static String performancePower(int runs, String what, double logit, double noise) {
    SplittableRandom random = new SplittableRandom(24);
    List<String> seen = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Monitor monitor = new LivePerformance(Weeks.spec(""));
      monitor.champion(1, null);
      alarms(monitor, random, FIRST_WINDOW, 0, 0);
      seen.addAll(alarms(monitor, random, FIRST_WINDOW, logit, noise));
    }
    String[] cells =
        List.of("brier", "auc", "calibrationError").stream()
            .map(each -> percent(seen.stream().filter(each::equals).count(), runs))
            .toArray(String[]::new);
    return "| " + what + " | " + String.join(" | ", cells) + " |";
  }

  /** Predictions with logits N(0, 1.5²), true up to a shift of the logit and a share of coins. */
  private static List<String> alarms(
      Monitor monitor, SplittableRandom random, int outcomes, double logit, double noise) {
    List<String> alarms = new ArrayList<>();
    for (int i = 0; i < outcomes; i++) {
      double score = 1.5 * random.nextGaussian();
      double truth = logistic(score + logit);
      double chance = random.nextDouble() < noise ? 0.5 : truth;
      monitor.outcome(outcome(i, logistic(score), random.nextDouble() < chance ? 1 : 0, true, "a"));
      if ((i + 1) % OUTCOMES_PER_TICK == 0) {
        alarms.addAll(Alarms.in(monitor.tick(Watching.START)));
      }
    }
    return alarms;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Returns how often two groups alarm in a week, and after how many outcomes, by their gap. */
  static String fairness(int runs, double gap) {
    SplittableRandom random = new SplittableRandom(25);
    int[] first = new int[runs];
    for (int run = 0; run < runs; run++) {
      first[run] = firstAlarm(random, gap);
    }
    Arrays.sort(first);
    long alarmed = Arrays.stream(first).filter(each -> each <= WEEK).count();
    String median = first[runs / 2] <= WEEK ? Integer.toString(first[runs / 2]) : "–";
    return String.format(Locale.ROOT, "| %.2f | %s | %s |", gap, percent(alarmed, runs), median);
  }

  private static int firstAlarm(SplittableRandom random, double gap) {
    Monitor monitor = new GroupFairness(Weeks.spec("level: 0.05"));
    monitor.champion(1, null);
    for (int i = 0; i < WEEK; i++) {
      boolean isOfA = random.nextBoolean();
      boolean isSelected = random.nextDouble() < 0.5 + (isOfA ? gap : -gap) / 2;
      monitor.outcome(outcome(i, 0.5, random.nextInt(2), isSelected, isOfA ? "a" : "b"));
      boolean isTick = (i + 1) % OUTCOMES_PER_TICK == 0;
      if (isTick && !Alarms.in(monitor.tick(Watching.START)).isEmpty()) {
        return i + 1;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static Watched outcome(
      int i, double probability, double label, boolean isSelected, String group) {
    return new Watched(
        "o" + i,
        1,
        ServingRole.CHAMPION,
        probability,
        isSelected,
        label,
        Watching.START,
        Watching.START,
        Map.of("g", group));
  }
}
