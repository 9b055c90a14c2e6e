package dev.weir.model.explain.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.ShapNetwork;
import dev.weir.model.explain.shapley.ExactShapley;
import dev.weir.testkit.golden.ShapCase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GlobalImportanceGoldenTest {
  static List<ShapCase> all() {
    return ShapCase.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void meanAbsoluteValuesAgree(ShapCase golden) {
    ExactShapley explainer =
        ExactShapley.of(ShapNetwork.of(golden), Background.of(golden.background()));
    List<Attribution> attributions = Arrays.stream(golden.rows()).map(explainer::explain).toList();
    JsonNode expected = golden.json().get("global_importance(mean |phi| over rows)");
    for (int c = 0; c < attributions.get(0).outputs(); c++) {
      for (GlobalImportance actual : GlobalImportance.of(attributions, c, 0.05)) {
        double mean = expected.get(actual.feature()).get(c).asDouble();
        assertThat(actual.meanAbsolute()).isCloseTo(mean, within(1e-12));
        assertThat(actual.interval().contains(mean)).isTrue();
        assertThat(actual.interval().lower()).isNotNegative();
      }
    }
  }
}
