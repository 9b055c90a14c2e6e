package dev.weir.contracts.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.Samples;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.feature.EventException.Reason;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureEncoderTest {
  private static final ModelSpec SPEC =
      SpecReader.parse("weir.yaml", Samples.resource("spec/weir.yaml"));
  private final FeatureEncoder encoder = new FeatureEncoder(SPEC);

  @Test
  void eachFeatureHasItsPlaceAndCode() {
    FeatureVector vector =
        encode("{\"amountEuro\": 12.5, \"age\": 40, \"office\": \"north\"}", Samples.TIME);

    // Thursday 20h: codes start at 1. The derived features are given by the caller.
    assertThat(vector.toArray()).containsExactly(12.5f, 40f, 3f, 21f, 4f, 20f, 10f);
  }

  @Test
  void missingNumberIsNanAndMissingCategoryIsZero() {
    for (String event : new String[] {"{}", "{\"amountEuro\":null,\"age\":null,\"office\":null}"}) {
      FeatureVector vector = encode(event, Samples.TIME);

      assertThat(vector.get(0)).isNaN();
      assertThat(vector.get(1)).isNaN();
      assertThat(vector.get(2)).isZero();
    }
  }

  @Test
  void unseenCategoryIsZero() {
    assertThat(encode("{\"office\": \"moon\"}", Samples.TIME).get(2)).isZero();
    assertThat(encode("{\"office\": \"\"}", Samples.TIME).get(2)).isZero();
  }

  @Test
  void numberIsACategoryByItsText() {
    assertThat(encode("{\"office\": 1}", Samples.TIME).get(2)).isEqualTo(1f);
    assertThat(encode("{\"office\": 2}", Samples.TIME).get(2)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2014-01-06T00:00:00Z, 1, 1",
    "2014-01-05T23:59:59.999Z, 24, 7",
    "2014-03-30T02:30:00+01:00, 2, 7",
  })
  void timePartsAreInUtc(String time, float hour, float day) {
    FeatureVector vector = encode("{}", java.time.OffsetDateTime.parse(time).toInstant());

    assertThat(vector.get(3)).isEqualTo(hour);
    assertThat(vector.get(4)).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"amountEuro\": \"12\"}     | WRONG_TYPE | amountEuro",
        "{\"amountEuro\": \"NaN\"}    | WRONG_TYPE | amountEuro",
        "{\"amountEuro\": true}       | WRONG_TYPE | amountEuro",
        "{\"amountEuro\": [1]}        | WRONG_TYPE | amountEuro",
        "{\"amountEuro\": 1e39}       | NOT_FINITE | amountEuro",
        "{\"amountEuro\": -1e400}     | NOT_FINITE | amountEuro",
        "{\"office\": {\"a\": 1}}     | WRONG_TYPE | office",
        "{\"office\": [\"north\"]}    | WRONG_TYPE | office",
      })
  void badFieldIsNamedAndItsValueIsNot(String event, Reason reason, String field) {
    assertThatThrownBy(() -> encode(event, Samples.TIME))
        .isInstanceOfSatisfying(EventException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining("'" + field + "'")
        .hasMessageNotContaining("12");
  }

  @Test
  void groupsComeFromTheEventAndMissingOnesAreAbsent() {
    assertThat(encoder.groups(Json.read("{\"office\":\"02\",\"sex\":\"f\"}", JsonNode.class)))
        .containsOnly(
            org.assertj.core.api.Assertions.entry("region", "north"),
            org.assertj.core.api.Assertions.entry("sex", "f"));
    assertThat(encoder.groups(Json.read("{\"office\":\"x\",\"sex\":null}", JsonNode.class)))
        .containsOnly(org.assertj.core.api.Assertions.entry("region", "elsewhere"));
  }

  @Test
  void layoutSaysWhatStandsWhere() {
    FeatureLayout layout = FeatureLayout.of(SPEC);

    assertThat(layout.columns())
        .containsExactly(
            new FeatureLayout.Column("amount", 0),
            new FeatureLayout.Column("age", 0),
            new FeatureLayout.Column("branch", 4),
            new FeatureLayout.Column("hour", 24),
            new FeatureLayout.Column("weekday", 7),
            new FeatureLayout.Column("recent", 0, true),
            new FeatureLayout.Column("overall", 0, true));
    assertThat(Json.read(Json.write(layout), FeatureLayout.class)).isEqualTo(layout);
    assertThat(Json.tree(layout.columns().get(0)).toString())
        .isEqualTo("{\"name\":\"amount\",\"cardinality\":0,\"isShare\":false}");
  }

  private FeatureVector encode(String event, Instant time) {
    return encoder.encode(
        Json.read(event, JsonNode.class),
        time,
        feature -> ((FeatureSpec.KnownLabelRate) feature).weight());
  }
}
