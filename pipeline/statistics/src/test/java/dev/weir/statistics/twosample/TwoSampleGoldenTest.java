package dev.weir.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** scipy 1.10.1 and formulas in numpy; 1e-9 leaves room for another order of summation. */
class TwoSampleGoldenTest {
  private static final Offset<Double> TOLERANCE = within(1e-9);

  static List<GoldenFile> numbers() {
    return GoldenFiles.in("drift", "d");
  }

  static List<GoldenFile> categories() {
    return GoldenFiles.in("drift", "c");
  }

  static List<GoldenFile> vectors() {
    return GoldenFiles.in("drift", "m");
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void psiOverReferenceDeciles(GoldenFile file) {
    JsonNode expected = file.json().get("results").get("quantile10");
    QuantileBins bins = QuantileBins.of(sample(file, "ref"), 10);
    assertThat(bins.edges()).containsExactly(doubles(expected.get("inner_edges")), TOLERANCE);
    long[] reference = bins.counts(sample(file, "ref"));
    long[] current = bins.counts(sample(file, "cur"));
    assertThat(Samples.shares("ref", reference))
        .containsExactly(doubles(expected.get("ref")), TOLERANCE);
    assertThat(Samples.shares("cur", current))
        .containsExactly(doubles(expected.get("cur")), TOLERANCE);
    assertThat(HistogramDistance.populationStability(reference, current))
        .isCloseTo(expected.get("psi").asDouble(), TOLERANCE);
    double distance = HistogramDistance.jensenShannon(reference, current);
    assertThat(distance).isCloseTo(expected.get("js_distance_base2").asDouble(), TOLERANCE);
    assertThat(distance * distance)
        .isCloseTo(expected.get("js_divergence_base2").asDouble(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void kolmogorovSmirnovIsScipysAutoWhichIsExactWhereItCan(GoldenFile file) {
    JsonNode results = file.json().get("results");
    TestResult found = KolmogorovSmirnov.test(sample(file, "ref"), sample(file, "cur"));
    checkTest(found, results.get("ks_2samp_auto"));
    if (results.has("ks_2samp_exact")) {
      checkTest(found, results.get("ks_2samp_exact"));
    }
  }

  private static void checkTest(TestResult found, JsonNode expected) {
    assertThat(found.statistic()).isCloseTo(expected.get("statistic").asDouble(), TOLERANCE);
    double p = expected.get("pvalue").asDouble();
    assertThat(found.pValue()).isCloseTo(p, within(1e-9 * p));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void wassersteinIsScipys(GoldenFile file) {
    double[] reference = sample(file, "ref");
    double distance = Wasserstein.distance(reference, sample(file, "cur"));
    JsonNode results = file.json().get("results");
    assertThat(distance).isCloseTo(results.get("wasserstein").asDouble(), TOLERANCE);
    assertThat(distance / deviation(reference))
        .isCloseTo(results.get("wasserstein_normed_by_ref_std(ddof0)").asDouble(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("categories")
  void categoriesAreScipys(GoldenFile file) {
    long[] reference = longs(file.json().get("ref_counts"));
    long[] current = longs(file.json().get("cur_counts"));
    TestResult found = ChiSquare.test(reference, current);
    JsonNode expected = file.json().get("chi2");
    assertThat(found.statistic()).isCloseTo(expected.get("stat").asDouble(), TOLERANCE);
    double p = expected.get("p").asDouble();
    assertThat(found.pValue()).isCloseTo(p, within(1e-9 * p));
    assertThat(HistogramDistance.populationStability(reference, current))
        .isCloseTo(file.json().get("psi_floor_1e-4").asDouble(), TOLERANCE);
    assertThat(HistogramDistance.jensenShannon(reference, current))
        .isCloseTo(file.json().get("js_distance_base2").asDouble(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void meanDiscrepancyIsTheFormulas(GoldenFile file) {
    double[][] reference = rows(file, 0);
    double[][] current = rows(file, 1);
    double median = MaximumMeanDiscrepancy.medianDistance(reference, current);
    JsonNode json = file.json();
    assertThat(median)
        .isCloseTo(json.get("median_pairwise_distance_pooled(i<j)").asDouble(), TOLERANCE);
    check(MaximumMeanDiscrepancy.of(reference, current, median), json.get("mmd2_sigma_median"));
    check(MaximumMeanDiscrepancy.of(reference, current, 1), json.get("mmd2_sigma_1"));
  }

  private static void check(MaximumMeanDiscrepancy found, JsonNode expected) {
    assertThat(found.biased()).isCloseTo(expected.get("biased").asDouble(), TOLERANCE);
    assertThat(found.unbiased()).isCloseTo(expected.get("unbiased").asDouble(), TOLERANCE);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  private static double[] sample(GoldenFile file, String name) {
    List<String> samples = file.csv().column("sample");
    double[] values = file.csv().doubles("value");
    return IntStream.range(0, values.length)
        .filter(i -> samples.get(i).equals(name))
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static double[][] rows(GoldenFile file, int isCurrent) {
    double[] flags = file.csv().doubles("is_cur");
    List<double[]> columns =
        file.csv().columns().stream()
            .filter(name -> !name.equals("is_cur"))
            .map(name -> file.csv().doubles(name))
            .toList();
    return IntStream.range(0, flags.length)
        .filter(i -> flags[i] == isCurrent)
        .mapToObj(i -> columns.stream().mapToDouble(column -> column[i]).toArray())
        .toArray(double[][]::new);
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }
}
