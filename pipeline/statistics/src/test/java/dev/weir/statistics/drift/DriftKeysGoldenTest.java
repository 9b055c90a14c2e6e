package dev.weir.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No number of a golden file goes unseen: it is compared, or what it is of is not offered. */
class DriftKeysGoldenTest {
  /** What {@link AdwinGoldenTest}, {@link DetectorsGoldenTest} and TwoSampleGoldenTest compare. */
  private static final Pattern COMPARED =
      Pattern.compile(
          String.join(
              "|",
              "adwin_(river|scikit_multiflow)_delta_(0\\.002|0\\.05)"
                  + "(_final_(width|estimation))?",
              "page_hinkley\\(min 30, delta \\.005, threshold 50, alpha \\.9999\\)",
              "ddm|eddm|hddm_a|hddm_w",
              "chi2/(stat|p)|psi_floor_1e-4|js_distance_base2|(ref|cur)_counts",
              "results/ks_2samp_(auto|exact)/(statistic|pvalue)",
              "results/wasserstein(_normed_by_ref_std\\(ddof0\\))?",
              "results/quantile10/(inner_edges|ref|cur|psi|js_distance_base2|js_divergence_base2)",
              "median_pairwise_distance_pooled\\(i<j\\)",
              "mmd2_sigma_(median|1)/(biased|unbiased)"));

  /** Texts and sizes; statistics that Weir has no use for. */
  private static final Pattern NOT_OFFERED =
      Pattern.compile(
          String.join(
              "|",
              "case|n|seed|n_(ref|cur)|index_base|sources?|libraries/.*|kernel|chi2/dof",
              "results/quantile10/rule|results/evidently_definition/note",
              "results/ks_2samp_(auto|exact)/(location|sign)",
              "results/ks_2samp_asymp/.*", // but where scipy's auto takes it
              "results/(cramer_von_mises_asymptotic|mann_whitney_u_asymptotic)/.*",
              "results/(welch_t|anderson_ksamp)/.*|results/energy_distance",
              "results/quantile10/(kl_cur_ref|hellinger|tv)",
              "results/evidently_definition/.*", // bins of equal width over both samples
              "g_test/.*|tv|linf"));

  static Iterable<GoldenFile> files() {
    return GoldenFiles.in("drift");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyKeyIsComparedOrNamed(GoldenFile file) {
    Set<String> unseen = new TreeSet<>();
    collect("", file.json(), unseen);
    unseen.removeIf(key -> COMPARED.matcher(key).matches() || NOT_OFFERED.matcher(key).matches());
    assertThat(unseen).as("keys that nobody compares").isEmpty();
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              each ->
                  collect(
                      path.isEmpty() ? each.getKey() : path + "/" + each.getKey(),
                      each.getValue(),
                      keys));
    } else {
      keys.add(path);
    }
  }
}
