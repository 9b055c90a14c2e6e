package dev.weir.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formula in numpy; 1e-9 leaves room for another order of summation. */
class BernoulliEProcessGoldenTest {
  static Stream<JsonNode> cases() {
    return GoldenFiles.in("sequential").stream()
        .flatMap(file -> StreamSupport.stream(file.json().get("cases").spliterator(), false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evidenceIsTheFormulas(JsonNode golden) {
    String a = golden.get("A").asText();
    String b = golden.get("B").asText();
    JsonNode logAt = golden.get("log_e_at");
    BernoulliEProcess process = new BernoulliEProcess();
    int firstAlarm = 0;
    double most = Double.NEGATIVE_INFINITY;
    int checked = 0;
    for (int t = 1; t <= a.length(); t++) {
      double e = process.update(a.charAt(t - 1) == '1', b.charAt(t - 1) == '1');
      most = Math.max(most, process.logEValue());
      firstAlarm = firstAlarm == 0 && e >= 20 ? t : firstAlarm;
      if (logAt.has(Integer.toString(t))) {
        checked++;
        assertThat(process.logEValue())
            .isCloseTo(logAt.get(Integer.toString(t)).asDouble(), within(1e-9));
      }
    }
    assertThat(checked).isEqualTo(logAt.size());
    assertThat(firstAlarm).isEqualTo(golden.get("first_block_E>=20").asInt(0));
    assertThat(most).isCloseTo(golden.get("max_log_e").asDouble(), within(1e-9));
  }
}
