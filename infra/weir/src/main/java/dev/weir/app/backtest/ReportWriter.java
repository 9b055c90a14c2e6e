package dev.weir.app.backtest;

import dev.weir.app.replay.Chronicle;
import dev.weir.app.replay.GateWarnings;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.model.energy.EnergyReading;
import dev.weir.statistics.prequential.BinaryScores;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums up one backtest. */
final class ReportWriter {
  private final ModelSpec spec;
  private final Policy policy;
  private final Recording recording;
  private final Chronicle chronicle;

  ReportWriter(ModelSpec spec, Policy policy, Recording recording, Chronicle chronicle) {
    this.spec = spec;
    this.policy = policy;
    this.recording = recording;
    this.chronicle = chronicle;
  }

  BacktestReport write(Tape.Labelled rows, Map<String, Long> counts, Cost cost) {
    Scores scores = Scores.of(rows);
    BinaryScores all = scores.all();
    EnergyReading own = cost.energy();
    double wallSeconds = cost.wallSeconds();
    return new BacktestReport(
        spec.model(),
        spec.digest(),
        policy.id() + "@" + policy.version(),
        spec.events().tick(),
        recording.assumptions(),
        recording.features().size(),
        all.rows(),
        defined(all.accuracy()),
        defined(all.kappa()),
        defined(BinaryScores.gain(all.accuracy(), scores.noChange())),
        defined(all.logLoss()),
        defined(all.brier()),
        defined(all.auc()),
        defined(scores.noChange()),
        defined(scores.majority()),
        served(scores),
        chronicle.alarms().stream()
            .map(
                s -> new BacktestReport.Alarm(s.detector(), s.signal(), s.version(), s.eventTime()))
            .toList(),
        chronicle.candidates().stream().map(c -> version(c, rows)).toList(),
        counts,
        wallSeconds,
        recording.features().size() / wallSeconds,
        own.joules() + trainingJoules(),
        method(own));
  }

  private static @Nullable Double defined(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static BacktestReport.Served served(Scores scores) {
    BinaryScores served = scores.served();
    return new BacktestReport.Served(
        served.rows(),
        defined((double) served.rows() / scores.all().rows()),
        defined(served.accuracy()),
        defined(served.kappa()),
        defined(BinaryScores.gain(served.accuracy(), scores.servedNoChange())),
        defined(served.logLoss()),
        defined(served.brier()),
        defined(served.auc()),
        defined(scores.servedNoChange()));
  }

  private BacktestReport.Version version(Candidate candidate, Tape.Labelled rows) {
    Optional<Audit> audit = last(candidate.request().requestId());
    Optional<Deployment> outcome = outcome(candidate.version());
    String failure = candidate.failure();
    long decided = 0;
    long right = 0;
    for (int i = 0; i < rows.labels.length; i++) {
      if (candidate.version() > 0 && rows.versions[i] == candidate.version()) {
        decided++;
        right += rows.decisions[i] == (rows.labels[i] == 1) ? 1 : 0;
      }
    }
    return new BacktestReport.Version(
        candidate.version(),
        candidate.request().requestId(),
        candidate.request().trigger(),
        candidate.request().requestedAt(),
        candidate.request().reason(),
        audit.map(a -> a.verdict().answer().name()).orElse(candidate.status().name()),
        failure == null
            ? audit.map(a -> a.verdict().reasons()).orElse(List.of())
            : List.of(failure),
        audit.map(a -> GateWarnings.of(a.verdict().results())).orElse(List.of()),
        outcome.map(d -> d.change().name()).orElse(null),
        outcome.map(Deployment::changedAt).orElse(null),
        decided,
        defined((double) right / decided),
        candidate.onnxDigest(),
        candidate.metrics().get("joules"));
  }

  private Optional<Audit> last(String requestId) {
    return chronicle.audits().stream()
        .filter(a -> a.requestId().equals(requestId))
        .reduce((earlier, later) -> later);
  }

  private Optional<Deployment> outcome(int version) {
    return chronicle.deployments().stream()
        .filter(d -> version > 0 && d.changedVersion() == version)
        .reduce((earlier, later) -> later);
  }

  private double trainingJoules() {
    return chronicle.candidates().stream()
        .mapToDouble(c -> c.metrics().getOrDefault("joules", 0.0))
        .sum();
  }

  /** A sum with an estimate in it is an estimate. */
  private String method(EnergyReading own) {
    String measured = EnergyMethod.MEASURED.name().toLowerCase(Locale.ROOT);
    boolean isMeasured =
        own.method() == EnergyMethod.MEASURED
            && chronicle.candidates().stream()
                .filter(c -> c.status() == Candidate.Status.TRAINED)
                .allMatch(c -> c.energyMethod().equals(measured));
    return (isMeasured ? EnergyMethod.MEASURED : EnergyMethod.ESTIMATED)
        .name()
        .toLowerCase(Locale.ROOT);
  }
}
