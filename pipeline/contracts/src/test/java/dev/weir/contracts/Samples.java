package dev.weir.contracts;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.OffsetRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One good value of each kind. */
public final class Samples {
  public static final Instant TIME = Instant.parse("2014-01-09T20:00:00Z");

  private Samples() {}

  /** Returns a file beside the tests. */
  public static String resource(String path) {
    try (InputStream in = Samples.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    }
  }

  public static Row row(String eventId) {
    return new Row(
        eventId,
        "Zürich ✈",
        TIME,
        "ab12",
        FeatureVector.of(1f, Float.NaN, -0.5f),
        Map.of("size", "groß", "class", "low-cost"),
        Origin.STREAM);
  }

  public static Example example(String eventId) {
    return new Example(row(eventId), 1.0, TIME.plusSeconds(7200), 1);
  }

  public static Prediction prediction() {
    return new Prediction("e1", TIME, 3, ServingRole.SHADOW, 0.25, Origin.REST, true);
  }

  public static TrainingRequest request() {
    return new TrainingRequest(
        "r-1",
        "flights",
        "spec",
        "drift",
        "adwin",
        List.of(new OffsetRange("examples", 0, 10, 2010)),
        List.of(new OffsetRange("clean", 1, 0, 5)),
        TIME,
        Long.MAX_VALUE);
  }

  public static GateResult result(GateResult.Answer answer, Gate.Severity severity) {
    return new GateResult(
        "calibration",
        Metric.CALIBRATION_GAP_DIFFERENCE,
        "size=small",
        120,
        0.41,
        null,
        0.52,
        "within ±0.3",
        severity,
        answer,
        false,
        answer == GateResult.Answer.INSUFFICIENT_EVIDENCE ? 80L : null,
        severity + " says " + answer);
  }

  public static Certificate.Predicate predicate(Verdict verdict) {
    return new Certificate.Predicate(
        "flights",
        2,
        "r-1",
        "spec",
        "flights-demo@1",
        "policy",
        verdict,
        1,
        1,
        List.of(new OffsetRange("examples", 0, 10, 2010)),
        List.of(new OffsetRange("examples", 0, 10, 2010)),
        null,
        null,
        "training-rows",
        "background",
        "evaluation-rows",
        "evidence",
        TIME);
  }

  public static Verdict pass() {
    return new Verdict.Pass(List.of(result(GateResult.Answer.PASS, Gate.Severity.BLOCK)));
  }

  public static LedgerEntry entry(int number) {
    return new LedgerEntry(
        "audit",
        "auditor",
        "flights",
        "r-" + number,
        TIME,
        Json.tree(Map.of("version", number, "brier", 0.135, "note", "ok")));
  }
}
