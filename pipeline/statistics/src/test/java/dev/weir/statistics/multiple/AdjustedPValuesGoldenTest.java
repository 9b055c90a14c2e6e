package dev.weir.statistics.multiple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** statsmodels 0.13.5 multipletests on the p-values of Fisher's test. */
class AdjustedPValuesGoldenTest {
  static List<GoldenFile> files() {
    return GoldenFiles.in("fairness", "f");
  }

  @ParameterizedTest
  @MethodSource("files")
  void adjustedValuesAreStatsmodels(GoldenFile file) {
    JsonNode json = file.json().get("statistics(statsmodels,scipy)");
    List<String> groups = new ArrayList<>();
    json.get("vs_reference").fieldNames().forEachRemaining(groups::add);
    double[] p =
        groups.stream()
            .mapToDouble(group -> json.get("vs_reference").get(group).get("fisher_p").asDouble())
            .toArray();
    assertThat(AdjustedPValues.holm(p))
        .containsExactly(values(json.get("adjusted_holm"), groups), within(1e-12));
    assertThat(AdjustedPValues.benjaminiHochberg(p))
        .containsExactly(values(json.get("adjusted_fdr_bh"), groups), within(1e-12));
  }

  private static double[] values(JsonNode json, List<String> groups) {
    return groups.stream().mapToDouble(group -> json.get(group).asDouble()).toArray();
  }
}
