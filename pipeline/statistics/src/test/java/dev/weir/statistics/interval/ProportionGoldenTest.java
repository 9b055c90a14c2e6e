package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** statsmodels 0.13.5, two-sided at 0.05, on each group's selection rate. */
class ProportionGoldenTest {
  private static final double ALPHA = 0.05;

  static List<GoldenFile> files() {
    return GoldenFiles.in("fairness", "f");
  }

  @ParameterizedTest
  @MethodSource("files")
  void wilsonBoundsAreStatsmodels(GoldenFile file) {
    statistics(file)
        .get("wilson")
        .fields()
        .forEachRemaining(entry -> check(selected(file, entry.getKey()), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void newcombeBoundsAreStatsmodels(GoldenFile file) {
    ProportionEstimate reference = selected(file, statistics(file).get("reference").asText());
    statistics(file)
        .get("vs_reference")
        .fields()
        .forEachRemaining(
            entry -> {
              var difference = new IndependentDifference(selected(file, entry.getKey()), reference);
              assertThat(difference.value())
                  .isCloseTo(entry.getValue().get("diff").asDouble(), within(1e-12));
              check(difference, entry.getValue().get("newcombe_95"));
            });
  }

  private static JsonNode statistics(GoldenFile file) {
    return file.json().get("statistics(statsmodels,scipy)");
  }

  private static void check(Estimate estimate, JsonNode expected) {
    Interval interval = Interval.of(estimate, ALPHA);
    assertThat(interval.lower()).isCloseTo(expected.get(0).asDouble(), within(1e-9));
    assertThat(interval.upper()).isCloseTo(expected.get(1).asDouble(), within(1e-9));
  }

  private static ProportionEstimate selected(GoldenFile file, String group) {
    List<String> groups = file.csv().column("group");
    int[] selected = file.csv().ints("y_pred");
    int[] ofGroup =
        IntStream.range(0, selected.length)
            .filter(i -> groups.get(i).equals(group))
            .map(i -> selected[i])
            .toArray();
    return new ProportionEstimate(IntStream.of(ofGroup).sum(), ofGroup.length);
  }
}
