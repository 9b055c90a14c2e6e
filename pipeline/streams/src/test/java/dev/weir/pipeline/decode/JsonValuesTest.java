package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {
  private final JsonValues values = new JsonValues();

  @ParameterizedTest
  @ValueSource(ints = {1, 31})
  void thirtyTwoLevelsAreReadAndNoMore(int lists) {
    assertThat(values.decode(nested(lists))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 1_000, 500_000})
  void deeperOnesAreTooDeep(int lists) {
    assertThatThrownBy(() -> values.decode(nested(lists)))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_DEEP))
        .hasMessageContaining("32 deep");
  }

  @ParameterizedTest
  @CsvSource({"100, ", "101, TOO_LARGE", "100000, TOO_LARGE"})
  void aNumberHasAtMostAHundredDigits(int digits, String reason) {
    byte[] json = Records.bytes("{\"x\": " + "9".repeat(digits) + "}");
    if (reason == null) {
      assertThat(values.decode(json).path("x").isNumber()).isTrue();
    } else {
      assertThatThrownBy(() -> values.decode(json))
          .isInstanceOfSatisfying(
              EventException.class, e -> assertThat(e.reason()).hasToString(reason));
    }
  }

  private static byte[] nested(int lists) {
    return Records.bytes("{\"x\": " + "[".repeat(lists) + "]".repeat(lists) + "}");
  }
}
