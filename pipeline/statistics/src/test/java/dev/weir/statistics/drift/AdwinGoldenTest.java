package dev.weir.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdwinGoldenTest {
  static Stream<GoldenFile> streams() {
    return GoldenFiles.in("drift").stream()
        .filter(file -> file.json().has("adwin_river_delta_0.002"));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void changesAreFoundWhereRiverFindsThem(GoldenFile file) {
    double[] values = file.csv().doubles("value");
    for (double delta : new double[] {0.002, 0.05}) {
      assertThat(changes(values, delta, false))
          .isEqualTo(indices(file.json().get("adwin_river_delta_" + delta)));
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aRestoredDetectorGoesOnExactly(GoldenFile file) {
    double[] values = file.csv().doubles("value");
    assertThat(changes(values, 0.002, true)).isEqualTo(changes(values, 0.002, false));
  }

  private static List<Integer> changes(double[] values, double delta, boolean restoreEachTime) {
    Adwin adwin = new Adwin(delta);
    List<Integer> changes = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (adwin.update(values[i])) {
        changes.add(i);
      }
      if (restoreEachTime) {
        adwin = Adwin.fromBytes(adwin.toBytes());
      }
    }
    return changes;
  }

  private static List<Integer> indices(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asInt).toList();
  }
}
