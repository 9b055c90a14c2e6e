package dev.weir.model.energy;

import dev.weir.model.explain.Scorer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures the energy of scoring by doing it: after one round to warm up, the same rows are scored
 * over and over for {@value #ROUNDS} rounds of equal CPU time, that of the calling thread. So the
 * scorer must work on the calling thread only, as {@code OnnxScorer} does.
 *
 * <p>The joules are the {@link EnergyMeter}'s for that CPU time. The figure holds for batches of
 * this many rows; a row that is scored alone costs more.
 */
public final class ScoringMeter {
  /** Rounds that are measured. */
  static final int ROUNDS = 10;

  private static final double NANO = 1e-9;
  private static final double THOUSAND = 1000;

  private final long roundNanos;
  private final LongSupplier cpuNanos;
  private final LongSupplier nanoTime;
  private final Machine machine;

  ScoringMeter(Duration cpuTime, LongSupplier cpuNanos, LongSupplier nanoTime, Machine machine) {
    this.roundNanos = cpuTime.toNanos() / ROUNDS;
    this.cpuNanos = cpuNanos;
    this.nanoTime = nanoTime;
    this.machine = machine;
    if (roundNanos < 1) {
      throw new IllegalArgumentException("cpuTime must be > " + ROUNDS + " ns, was " + cpuTime);
    }
  }

  /**
   * Returns a meter of this machine.
   *
   * @param cpuTime CPU time after which it has seen enough, all rounds together
   */
  public static ScoringMeter of(Duration cpuTime) {
    return new ScoringMeter(
        cpuTime,
        ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
        System::nanoTime,
        Machine.current());
  }

  /**
   * Returns what scoring these rows costs.
   *
   * @param rows shape [N, F], N ≥ 1
   * @throws IllegalArgumentException if there are no rows
   */
  public ScoringEnergy measure(Scorer scorer, float[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("need at least one row to score, had none");
    }
    round(scorer, rows);
    double[] secondsPerThousand = new double[ROUNDS];
    long predictions = 0;
    long cpuBefore = cpuNanos.getAsLong();
    long before = nanoTime.getAsLong();
    EnergyMeter meter = EnergyMeter.start();
    for (int i = 0; i < ROUNDS; i++) {
      Round round = round(scorer, rows);
      secondsPerThousand[i] = round.cpuSeconds() * THOUSAND / round.predictions();
      predictions += round.predictions();
    }
    double cpuSeconds = (cpuNanos.getAsLong() - cpuBefore) * NANO;
    double seconds = (nanoTime.getAsLong() - before) * NANO;
    return energy(meter.stop(cpuSeconds), secondsPerThousand, predictions, cpuSeconds, seconds);
  }

  /** What was scored until a round's CPU time had passed. */
  private record Round(long predictions, double cpuSeconds) {}

  private Round round(Scorer scorer, float[][] rows) {
    long start = cpuNanos.getAsLong();
    long predictions = 0;
    long used = 0;
    while (used < roundNanos) {
      predictions += scorer.score(rows).length;
      used = cpuNanos.getAsLong() - start;
    }
    return new Round(predictions, used * NANO);
  }

  private ScoringEnergy energy(
      EnergyReading reading,
      double[] secondsPerThousand,
      long predictions,
      double cpuSeconds,
      double seconds) {
    double thousands = predictions / THOUSAND;
    double wattsOfThread = reading.joules() / cpuSeconds;
    return new ScoringEnergy(
        reading.joules() / thousands,
        wattsOfThread * standardError(secondsPerThousand),
        ROUNDS,
        machine.watts(cpuSeconds / seconds) * seconds / thousands,
        predictions,
        cpuSeconds,
        reading.method(),
        reading.scope());
  }

  private static double standardError(double[] samples) {
    double mean = 0;
    for (double sample : samples) {
      mean += sample / samples.length;
    }
    double squares = 0;
    for (double sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    return Math.sqrt(squares / (samples.length - 1) / samples.length);
  }
}
