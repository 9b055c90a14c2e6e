package dev.weir.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** scikit-multiflow d073a70 with its defaults; indices count from 0 and must be the same. */
class DetectorsGoldenTest {
  private static final String PAGE_HINKLEY =
      "page_hinkley(min 30, delta .005, threshold 50, alpha .9999)";

  static Stream<GoldenFile> numbers() {
    return GoldenFiles.in("drift", "a").stream().filter(file -> file.json().has(PAGE_HINKLEY));
  }

  static Stream<GoldenFile> mistakes() {
    return GoldenFiles.in("drift", "a").stream().filter(file -> file.json().has("ddm"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void pageHinkleyAlarmsWhereTheOriginDoes(GoldenFile file) {
    check(file, PAGE_HINKLEY, new PageHinkley()::update);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void ddmAlarmsWhereTheOriginDoes(GoldenFile file) {
    Ddm ddm = new Ddm();
    check(file, "ddm", x -> ddm.update(x == 1));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void eddmAlarmsWhereTheOriginDoes(GoldenFile file) {
    Eddm eddm = new Eddm();
    check(file, "eddm", x -> eddm.update(x == 1));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void hddmAAlarmsWhereTheOriginDoes(GoldenFile file) {
    check(file, "hddm_a", new HddmA()::update);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void hddmWAlarmsWhereTheOriginDoes(GoldenFile file) {
    check(file, "hddm_w", new HddmW()::update);
  }

  private static void check(GoldenFile file, String key, DoublePredicate detector) {
    double[] values = file.csv().doubles("value");
    List<Integer> expected =
        StreamSupport.stream(file.json().get(key).spliterator(), false)
            .map(node -> node.asInt())
            .toList();
    assertThat(
            IntStream.range(0, values.length)
                .filter(i -> detector.test(values[i]))
                .boxed()
                .toList())
        .isEqualTo(expected);
  }
}
