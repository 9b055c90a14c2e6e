package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelExpressionTest {
  private static final JsonNode RECORD =
      Json.read(
          "{\"delay\": 20.5, \"minutes\": 20, \"status\": \"cancelled\", \"none\": null,"
              + " \"legs\": [{\"late\": true}, {\"late\": false}], \"is-paid\": true}",
          JsonNode.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "record.delay >= 15#1",
        "record.minutes >= 15.5#1",
        "record.minutes == 20.0#1",
        "record.delay > 21#0",
        "record.status in ['cancelled', 'diverted']#1",
        "record.status.matches('^cancel')#1",
        "has(record.reason) && record.reason == 'x'#0",
        "record.none == null#1",
        "record.legs.exists(leg, leg.late)#1",
        "record.legs.all(leg, leg.late)#0",
        "record['is-paid']#1",
        "record.delay > 15 ? 1 : 0#1",
        "record.delay > 15 ? 1.0 : 0.0#1",
        "record.missing > 1 || record.delay > 15#1"
      })
  void boolsAndZeroAndOneAreLabels(String expression, double label) {
    assertThat(LabelExpression.compile(expression).of(RECORD)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record.missing > 15|EXPRESSION_FAILED",
        "record.status > 15|EXPRESSION_FAILED",
        "record.minutes / 0 == 1|EXPRESSION_FAILED",
        "record.minutes|WRONG_TYPE",
        "record.status|WRONG_TYPE",
        "record.minutes - 18|WRONG_TYPE"
      })
  void otherRecordsHaveNoLabel(String expression, String reason) {
    LabelExpression label = LabelExpression.compile(expression);
    assertThatThrownBy(() -> label.of(RECORD))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).hasToString(reason))
        .hasMessageContaining(expression);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "record.delay >", "delay > 15", "'late'", "record", "[1]", "f(1)"})
  void whatIsNoLabelDoesNotCompile(String expression) {
    assertThatThrownBy(() -> LabelExpression.compile(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + expression + "'");
  }
}
