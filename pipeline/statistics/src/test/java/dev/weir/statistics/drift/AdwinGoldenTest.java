package dev.weir.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact indices; the mean of what scikit-multiflow's window is left with to 1e-9. */
class AdwinGoldenTest {
  private static final double[] DELTAS = {0.002, 0.05};

  static Stream<GoldenFile> streams() {
    return GoldenFiles.in("drift").stream()
        .filter(file -> file.json().has("adwin_river_delta_0.002"));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void changesAreFoundWhereRiverFindsThem(GoldenFile file) {
    double[] values = file.csv().doubles("value");
    for (double delta : DELTAS) {
      assertThat(changes(values, Adwin.river(delta)))
          .isEqualTo(indices(file.json().get("adwin_river_delta_" + delta)));
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void changesAndWindowsAreScikitMultiflows(GoldenFile file) {
    double[] values = file.csv().doubles("value");
    for (double delta : DELTAS) {
      String key = "adwin_scikit_multiflow_delta_" + delta;
      Adwin adwin = Adwin.scikitMultiflow(delta);
      assertThat(changes(values, adwin)).isEqualTo(indices(file.json().get(key)));
      assertThat(adwin.width()).isEqualTo(file.json().get(key + "_final_width").asLong());
      assertThat(adwin.estimation())
          .isCloseTo(file.json().get(key + "_final_estimation").asDouble(), within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aRestoredDetectorGoesOnExactly(GoldenFile file) {
    List<DoubleFunction<Adwin>> variants = List.of(Adwin::river, Adwin::scikitMultiflow);
    double[] values = file.csv().doubles("value");
    for (DoubleFunction<Adwin> variant : variants) {
      Adwin restored = variant.apply(0.002);
      List<Integer> changes = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        if (restored.update(values[i])) {
          changes.add(i);
        }
        restored = Adwin.fromBytes(restored.toBytes());
      }
      assertThat(changes).isEqualTo(changes(values, variant.apply(0.002)));
    }
  }

  private static List<Integer> changes(double[] values, Adwin adwin) {
    List<Integer> changes = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (adwin.update(values[i])) {
        changes.add(i);
      }
    }
    return changes;
  }

  private static List<Integer> indices(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
  }
}
