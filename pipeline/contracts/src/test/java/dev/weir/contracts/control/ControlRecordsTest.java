package dev.weir.contracts.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.Samples;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.policy.Gate.Severity;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.serde.JsonSerde;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlRecordsTest {
  private static final Envelope ENVELOPE =
      new Envelope(
          Envelope.IN_TOTO, "e30=", List.of(new Envelope.Signed("0123456789abcdef", "AAAA")));

  static List<Object> records() {
    Deployment.Slot slot = new Deployment.Slot(2, "run", ENVELOPE, Samples.TIME);
    Verdict block = new Verdict.Block(List.of(Samples.result(Answer.BLOCK, Severity.BLOCK)));
    Verdict insufficient =
        new Verdict.InsufficientEvidence(
            List.of(Samples.result(Answer.INSUFFICIENT_EVIDENCE, Severity.BLOCK)));
    return List.of(
        Samples.request(),
        new Tick(4, Samples.TIME),
        new ModelRecord("flights", "model: flights\n", "d1", "id: p\n", "d2"),
        new ModelRecord("flights", "two\n", "d2", "id: p\n", "d3", generations()),
        new Signal(
            "flights", 1, "drift", "adwin", "residual", true, Samples.TIME, Map.of("n", 300.0)),
        candidate(Candidate.Status.TRAINED, null),
        candidate(Candidate.Status.FAILED, "parity 0.1 > 1e-5"),
        new Audit("r-1", "flights", 2, "run", Samples.pass(), ENVELOPE, 1, null, Samples.TIME),
        new Audit("r-1", "flights", 2, "run", block, ENVELOPE, 1, null, Samples.TIME),
        new Audit("r-1", "flights", 2, "run", insufficient, ENVELOPE, 2, 300L, Samples.TIME),
        deployment(null, null, Deployment.Change.REFUSED),
        deployment(slot, null, Deployment.Change.PROMOTED),
        deployment(slot, slot, Deployment.Change.SHADOWED),
        new Deployment(
            "flights",
            4,
            slot,
            null,
            Deployment.Change.PROMOTED,
            2,
            "r-1",
            "e = 21",
            Samples.TIME,
            new Deployment.Trial(400, 0.01, 21),
            null),
        ordered(),
        order(300L, null),
        order(null, new TrainingOrder.Span(Samples.request().training(), 20)),
        new OrderAnswer(
            "x",
            "flights",
            "flights-order-x",
            OrderAnswer.Decision.ACCEPTED,
            "300 examples",
            Samples.request().training(),
            Samples.TIME),
        Samples.entry(1),
        LedgerRecord.chain(0, LedgerRecord.GENESIS, Samples.entry(1)),
        Certificate.of("o", "m", Samples.predicate(block)),
        new Label("e1", 1, Samples.TIME),
        new Outcome(Samples.prediction(), 1, Samples.TIME, Map.of("size", "small")));
  }

  private static TrainingOrder order(Long last, TrainingOrder.Span span) {
    return new TrainingOrder("x", "flights", "new fares", "ann", last, span, Samples.TIME);
  }

  private static TrainingRequest ordered() {
    TrainingRequest plain = Samples.request();
    Signal alarm =
        new Signal("flights", 1, "fairness", "e", "sex", true, Samples.TIME, Map.of("e", 30.0));
    return new TrainingRequest(
        plain.requestId(),
        plain.model(),
        plain.specDigest(),
        "operator",
        plain.reason(),
        plain.training(),
        plain.evaluation(),
        plain.requestedAt(),
        plain.seed(),
        null,
        new Evidence(List.of(alarm), Map.of("examples", 900.0), order(300L, null)));
  }

  private static List<SpecGeneration> generations() {
    CutOver at = cutOver();
    return List.of(
        new SpecGeneration(1, "one\n", "d1", SpecGeneration.Phase.RETIRING, null, at),
        new SpecGeneration(2, "two\n", "d2", SpecGeneration.Phase.LIVE, at, null),
        new SpecGeneration(3, "three\n", "d3", SpecGeneration.Phase.SHADOW, null, null));
  }

  private static CutOver cutOver() {
    return new CutOver(
        new TreeMap<>(Map.of("user", new TreeMap<>(Map.of(0, 7L, 1, 3L)))),
        new Tick(4, Samples.TIME),
        2,
        "flights-g2-0001",
        "promoted");
  }

  @Test
  void aModelRecordFromBeforeSpecsCouldChangeHasOneThatIsLive() {
    String old =
        "{\"model\":\"m\",\"specText\":\"t\",\"specDigest\":\"d\",\"policyText\":\"p\","
            + "\"policyDigest\":\"q\"}";

    assertThat(Json.read(old, ModelRecord.class).generations())
        .containsExactly(new SpecGeneration(1, "t", "d", SpecGeneration.Phase.LIVE, null, null));
  }

  @Test
  void eachRecordOfTheUsersIsDecidedByOneSpec() {
    for (int partition = 0; partition < 3; partition++) {
      for (long offset = 0; offset < 10; offset++) {
        int at = partition;
        long which = offset;
        assertThat(generations()).filteredOn(g -> g.decides("user", at, which)).hasSize(1);
      }
    }
    assertThat(generations().get(1).decides("user", 0, 7)).isTrue();
    assertThat(generations().get(1).decides("user", 0, 6)).isFalse();
    assertThat(generations().get(0).isPast("user", 1, 3)).isTrue();
    assertThat(generations().get(1).decides("user", 2, 0)).isTrue();
    assertThat(generations().get(1).decides("another", 0, 0)).isTrue();
  }

  private static Candidate candidate(Candidate.Status status, String failure) {
    return new Candidate(
        Samples.request(),
        status,
        2,
        "run",
        "d1",
        "d2",
        Map.of("joules", 12.5, "auc", Double.NaN),
        "estimated",
        failure,
        Samples.TIME);
  }

  private static Deployment deployment(
      Deployment.Slot champion, Deployment.Slot challenger, Deployment.Change change) {
    return new Deployment(
        "flights", 3, champion, challenger, change, 2, "r-1", "e = 21", Samples.TIME);
  }

  @ParameterizedTest
  @MethodSource("records")
  void comesBackFromJson(Object value) {
    assertThat(roundTrip(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("records")
  void hasTheSameCanonicalFormAfterARoundTrip(Object value) {
    assertThat(Json.canonical(roundTrip(value))).isEqualTo(Json.canonical(value));
  }

  @ParameterizedTest
  @MethodSource("records")
  void carriesNothingButItsComponents(Object value) {
    String json = new String(Json.write(value), StandardCharsets.UTF_8);

    assertThat(json).doesNotContain("\"intact\"", "\"answer\":{", "\"reasons\"", "\"brier\":{");
  }

  /** A gap is found where the record is read, not later, where it is used. */
  @ParameterizedTest
  @MethodSource("records")
  void recordWithAGapIsRefused(Object value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (component.getType().isPrimitive()
          || component.getAccessor().isAnnotationPresent(JsonSetter.class)
          || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        continue;
      }
      ObjectNode json = (ObjectNode) Json.tree(value);
      json.remove(jsonName(component));

      assertThatIllegalArgumentException()
          .as(component.toString())
          .isThrownBy(() -> Json.read(json.toString(), value.getClass()));
    }
  }

  private static String jsonName(RecordComponent component) {
    return component.getName().equals("type") ? "_type" : component.getName();
  }

  @Test
  void verdictNamesItself() {
    assertThat(Json.tree(new Verdict.Block(List.of())).path("verdict").asText()).isEqualTo("BLOCK");
    assertThat(Json.read("{\"verdict\":\"INSUFFICIENT_EVIDENCE\",\"results\":[]}", Verdict.class))
        .isEqualTo(new Verdict.InsufficientEvidence(List.of()));
  }

  @Test
  void reasonsAreTheBlockingFindingsThatDecided() {
    Verdict verdict =
        new Verdict.Block(
            List.of(
                Samples.result(Answer.PASS, Severity.BLOCK),
                Samples.result(Answer.BLOCK, Severity.WARN),
                Samples.result(Answer.INSUFFICIENT_EVIDENCE, Severity.BLOCK),
                Samples.result(Answer.BLOCK, Severity.BLOCK)));

    assertThat(verdict.reasons()).containsExactly("BLOCK says BLOCK");
  }

  @SuppressWarnings("unchecked")
  private static Object roundTrip(Object value) {
    JsonSerde<Object> serde = (JsonSerde<Object>) JsonSerde.of(value.getClass());
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
  }
}
