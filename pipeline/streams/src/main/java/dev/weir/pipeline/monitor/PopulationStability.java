package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.statistics.twosample.HistogramDistance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports the population stability index of each numeric feature and of the champion's predictions
 * against the champion's reference profile. It is never an alarm: over many features PSI is large
 * by chance, and rows of one day are not independent.
 *
 * <p>Windows follow one another: at the first tick with {@code triggers.drift.window} rows one is
 * reported and the next begins; a new champion begins both anew. The binning rule is part of the
 * detector's name.
 */
public final class PopulationStability implements Monitor {
  private static final String DECILES = "psi, reference deciles";
  private static final String TWENTIETHS = "psi, steps of 0.05";

  private final ModelSpec spec;
  private final LiveWindow features = new LiveWindow();
  private final LiveWindow prediction = new LiveWindow();
  private int version;
  private @Nullable ReferenceProfile reference;

  private record State(int version, byte @Nullable [] features, byte @Nullable [] prediction) {}

  /** Creates the monitor of a model. */
  public PopulationStability(ModelSpec spec) {
    this.spec = spec;
  }

  @Override
  public String name() {
    return "psi";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile profile) {
    if (champion != version) {
      version = champion;
      features.clear();
      prediction.clear();
    }
    reference = profile;
  }

  @Override
  public void rows(RowTally tally) {
    if (tally.version() == version && tally.variables() > 0) {
      features.add(tally);
      prediction.add(tally);
    }
  }

  @Override
  public void outcome(Watched outcome) {
    // It compares what came in and what was said of it.
  }

  @Override
  public List<Signal> tick(Instant now) {
    List<Signal> signals = new ArrayList<>();
    ReferenceProfile profile = reference;
    RowTally counted = features.tally();
    if (profile != null && counted != null && counted.rows() >= spec.triggers().drift().window()) {
      for (int i = 0; i < profile.features().size(); i++) {
        if (profile.features().get(i) instanceof Distribution.Numbers) {
          report(profile.features().get(i), counted, i, DECILES, now, signals);
        }
      }
      features.clear();
    }
    RowTally said = prediction.tally();
    if (profile != null && said != null && said.predictions() >= spec.triggers().drift().window()) {
      report(profile.prediction(), said, said.variables() - 1, TWENTIETHS, now, signals);
      prediction.clear();
    }
    return signals;
  }

  private void report(
      Distribution before,
      RowTally live,
      int variable,
      String detector,
      Instant now,
      List<Signal> into) {
    Map<String, Double> facts = facts(before, live.counts(variable), live.missing(variable));
    if (!facts.isEmpty()) {
      into.add(
          new Signal(spec.model(), version, "drift", detector, before.name(), false, now, facts));
    }
  }

  /** Returns PSI and what it would be about without drift; empty where nothing can be compared. */
  private static Map<String, Double> facts(Distribution reference, long[] live, long missing) {
    long[] before = reference.counts().stream().mapToLong(c -> c).toArray();
    double n = Arrays.stream(before).sum();
    double m = Arrays.stream(live).sum();
    if (before.length < 2 || n == 0 || m == 0) {
      return Map.of();
    }
    double psi = HistogramDistance.populationStability(before, live);
    double expected = HistogramDistance.expectedPopulationStability(before, live);
    return Map.of(
        "psi",
        psi,
        "psiWithoutDrift",
        expected,
        "excess",
        psi - expected,
        "bins",
        (double) before.length,
        "referenceRows",
        n,
        "liveRows",
        m,
        "missingBefore",
        reference.missing() / (n + reference.missing()),
        "missingLive",
        missing / (m + missing));
  }

  @Override
  public byte[] toBytes() {
    return Json.write(new State(version, features.toBytes(), prediction.toBytes()));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    version = kept.version();
    features.restore(kept.features());
    prediction.restore(kept.prediction());
  }
}
