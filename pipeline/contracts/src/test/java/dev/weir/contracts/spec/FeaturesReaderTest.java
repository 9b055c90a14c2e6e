package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.spec.FeatureSpec.Aggregate;
import dev.weir.contracts.spec.FeatureSpec.Scope;
import dev.weir.contracts.spec.FeatureSpec.Source;
import dev.weir.contracts.spec.FeatureSpec.Statistic;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derived features in {@code weir.yaml}. */
class FeaturesReaderTest {
  @Test
  void everyKeyOfADerivedFeatureArrives() {
    Scope week = new Scope(Source.EVENTS, "card", Duration.ofDays(7));

    assertThat(read("{name: f, type: derived, aggregate: std, field: euro, by: card, window: P7D}"))
        .isEqualTo(new Aggregate("f", week, "euro", Statistic.STD, 1));
    assertThat(read("{name: f, type: derived, aggregate: lag, over: labels, lag: 3, window: PT1H}"))
        .isEqualTo(
            new Aggregate(
                "f", new Scope(Source.LABELS, null, Duration.ofHours(1)), null, Statistic.LAG, 3));
  }

  @Test
  void whatIsLeftOutIsAllEventsOfOneDay() {
    Scope day = new Scope(Source.EVENTS, null, Duration.ofDays(1));

    assertThat(read("{name: f, type: derived, aggregate: since-last}"))
        .isEqualTo(new Aggregate("f", day, null, Statistic.SINCE_LAST, 1));
    assertThat(read("{name: f, type: derived, aggregate: lag, field: euro}"))
        .isEqualTo(new Aggregate("f", day, "euro", Statistic.LAG, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'{name: f, type: derived, aggregate: mean, over: labels}', true",
    "'{name: f, type: derived, aggregate: mean, field: euro}', false",
    "'{name: f, type: derived, aggregate: last, over: labels}', false",
    "'{name: f, type: derived, aggregate: count}', false",
  })
  void onlyAMeanOfLabelsIsAShare(String feature, boolean isShare) {
    assertThat(FeatureLayout.of(spec("labels", feature)).columns().get(0))
        .isEqualTo(new FeatureLayout.Column("f", 0, isShare));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: derived                                           | 'aggregate'",
        "type: derived, aggregate: median                        | enumeration",
        "type: derived, aggregate: mean                          | needs 'field'",
        "type: derived, aggregate: last                          | needs 'field'",
        "type: derived, aggregate: sum, over: labels, field: x   | leave out 'field'",
        "type: derived, aggregate: count, lag: 2                 | leave it out",
        "type: derived, aggregate: lag, field: x, lag: 0         | minimum",
        "type: derived, aggregate: count, weight: 2              | not for 'derived'",
        "type: derived, aggregate: count, over: rows             | enumeration",
        "type: derived, aggregate: count, window: P0D            | longer than zero",
      })
  void errorNamesTheLineAndWhatToDo(String keys, String says) {
    assertThatThrownBy(() -> read("{name: f, " + keys + "}"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("weir.yaml:7:")
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: number, field: late",
        "type: category, values: [a], field: late",
        "type: derived, aggregate: sum, field: late",
        "type: derived, aggregate: count, by: late",
        "type: knownLabelRate, by: late",
      })
  void inATopicOfBothTheLabelIsNoFieldOfTheEvent(String keys) {
    String feature = "{name: f, " + keys + "}";
    assertThat(spec("labels", feature).features()).hasSize(1);

    assertThatThrownBy(() -> spec("events", feature))
        .hasMessageContaining("weir.yaml:7:")
        .hasMessageContaining("'late' is the label");
  }

  @Test
  void aTopicOfBothHasOneFormatAndAFieldForItsLabels() {
    String text = spec("events", "{name: f, type: number}").text();

    assertThatThrownBy(() -> SpecReader.parse("f", text.replace("value: late", "expression: x")))
        .hasMessageContaining("f:5:")
        .hasMessageContaining("need 'value'");
    assertThatThrownBy(
            () -> SpecReader.parse("f", text.replace("late}", "late, envelope: debezium}")))
        .hasMessageContaining("f:5:")
        .hasMessageContaining("one format");
  }

  private static FeatureSpec read(String feature) {
    return spec("labels", feature).features().get(0);
  }

  private static ModelSpec spec(String labelsTopic, String feature) {
    return SpecReader.parse(
        "weir.yaml",
        String.join(
            "\n",
            "model: m",
            "version: 1",
            "events:",
            "  features: {topic: events, id: id, time: t, entity: card}",
            "  labels: {topic: " + labelsTopic + ", id: id, time: at, value: late}",
            "features:",
            "  - " + feature,
            "training: {network: {hidden: [8]}}",
            "triggers: {volume: {examples: 10}, drift: {}}"));
  }
}
