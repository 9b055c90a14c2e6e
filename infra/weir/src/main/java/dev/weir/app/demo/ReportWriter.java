package dev.weir.app.demo;

import dev.weir.app.flights.Flight;
import dev.weir.app.replay.Chronicle;
import dev.weir.app.replay.GateWarnings;
import dev.weir.app.stack.Stack;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.scoring.OnnxScorer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums up one run of the demo. */
final class ReportWriter {
  private static final Instant FROM = Instant.parse("2014-01-16T00:00:00Z");
  private static final Instant TO = Instant.parse("2014-01-21T00:00:00Z");

  private final Stack stack;
  private final Chronicle chronicle;
  private final List<Flight> flights;

  ReportWriter(Stack stack, Chronicle chronicle, List<Flight> flights) {
    this.stack = stack;
    this.chronicle = chronicle;
    this.flights = flights;
  }

  DemoReport write(String sabotagedRequest, double wallSeconds) {
    Map<String, Long> counts = stack.counts();
    List<Integer> promoted = chronicle.promoted();
    Double served = null;
    Double waited = null;
    if (promoted.size() > 1) {
      served = secondsToServed(promoted.get(0), promoted.get(1));
      waited = secondsWaited(promoted.get(0), promoted.get(1));
    }
    return new DemoReport(
        flights.stream().map(Flight::id).distinct().count(),
        counts.getOrDefault("examples", 0L),
        counts.getOrDefault("duplicates", 0L),
        counts.getOrDefault("expired", 0L),
        counts.getOrDefault("deadLetters", 0L),
        chronicle.alarms().stream()
            .map(s -> new DemoReport.Alarm(s.detector(), s.signal(), s.eventTime()))
            .toList(),
        chronicle.candidates().stream().map(c -> version(c, sabotagedRequest)).toList(),
        brier(promoted),
        served,
        waited,
        wallSeconds,
        certificatesVerified());
  }

  private @Nullable Double secondsToServed(int stale, int fresh) {
    return chronicle.secondsBetween("alarm-" + stale, "serving-" + fresh).orElse(null);
  }

  private @Nullable Double secondsWaited(int stale, int fresh) {
    String request = chronicle.candidate(fresh).map(c -> c.request().requestId()).orElse("unknown");
    double forExamples =
        chronicle.secondsBetween("alarm-" + stale, "request-" + request).orElse(0.0);
    double inShadow =
        chronicle.secondsBetween("SHADOWED-" + fresh, "PROMOTED-" + fresh).orElse(0.0);
    return forExamples + inShadow;
  }

  private DemoReport.Version version(Candidate candidate, String sabotagedRequest) {
    String requestId = candidate.request().requestId();
    var audit = chronicle.auditOf(requestId);
    return new DemoReport.Version(
        candidate.version(),
        requestId,
        audit.map(a -> a.verdict().answer().name()).orElse(candidate.status().name()),
        chronicle.wasPromoted(candidate.version()),
        requestId.equals(sabotagedRequest),
        candidate.metrics().get("joules"),
        candidate.energyMethod(),
        candidate.onnxDigest(),
        audit.map(a -> a.verdict().reasons()).orElse(List.of()),
        audit.map(a -> GateWarnings.of(a.verdict().results())).orElse(List.of()),
        audit.map(a -> Findings.rates(a.verdict().results())).orElse(List.of()));
  }

  private DemoReport.@Nullable Brier brier(List<Integer> promoted) {
    if (promoted.size() < 2) {
      return null;
    }
    ExampleLog log = ExampleLog.read(stack.names().of(Topics.EXAMPLES), stack.client());
    ModelComparison comparison = new ModelComparison(stack.spec(), log.examples(), FROM, TO);
    ModelArtifact successor = artifact(promoted.get(1));
    try (OnnxScorer stale = OnnxScorer.open(artifact(promoted.get(0)).onnx());
        OnnxScorer retrained = OnnxScorer.open(successor.onnx())) {
      return comparison.compare(stale, retrained, successor.manifest().baseRate());
    }
  }

  private ModelArtifact artifact(int version) {
    Candidate candidate = chronicle.candidate(version).orElseThrow();
    return ModelArtifact.load(stack.registry(), candidate.runId());
  }

  private int certificatesVerified() {
    int verified = 0;
    for (Audit audit : chronicle.audits()) {
      try {
        stack.verifier().verify(audit.certificate());
        verified++;
      } catch (CertificateException e) {
        throw new IllegalStateException("certificate of v" + audit.version() + " is not valid", e);
      }
    }
    return verified;
  }
}
