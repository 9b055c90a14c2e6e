package dev.weir.serving.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What REST callers must say of the past, which nobody here knows. */
class RawEventsTest {
  private static final Instant NOW = Instant.parse("2024-01-10T00:00:00Z");
  private static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          """
          model: m
          version: 1
          events:
            features: {topic: a, id: id, time: at}
            labels: {topic: b, id: id, time: at, value: y}
          features:
            - {name: amount, type: number}
            - {name: rate, type: knownLabelRate}
            - {name: count, type: derived, aggregate: count}
            - {name: mean, type: derived, aggregate: mean, field: amount}
            - {name: lag, type: derived, aggregate: lag, over: labels}
          training: {network: {hidden: [4]}}
          triggers: {volume: {examples: 9}, drift: {}}
          """);

  @Test
  void derivedFeaturesAreTakenAsSuppliedAndNullIsUndefined() {
    assertThat(features("'rate': 0.25, 'count': 3, 'mean': -1.5, 'lag': null"))
        .containsExactly(7f, 0.25f, 3f, -1.5f, Float.NaN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'rate': 0.1                                         | count, mean, lag;",
        "'rate': null, 'count': null, 'mean': 1, 'lag': 1    | rate, count;",
        "'rate': 0.1, 'count': 1, 'mean': 'x', 'lag': 1e300  | mean, lag;",
      })
  void eachOneThatIsMissingIsNamed(String supplied, String named) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> features(supplied))
        .matches(problem -> problem.status() == 400)
        .withMessageContaining("event 0:")
        .withMessageContaining("by name: " + named);
  }

  private static float[] features(String supplied) {
    String body = "{'events': [{'id': 'e', 'amount': 7, " + supplied + "}]}";
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    List<Row> rows = new RawEvents(SPEC).parse(bytes, NOW, Limits.DEFAULT);
    return rows.get(0).features().toArray();
  }
}
