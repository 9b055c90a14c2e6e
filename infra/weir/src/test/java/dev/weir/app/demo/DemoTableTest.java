package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTableTest {
  private static final DemoReport.GroupRates LARGE =
      new DemoReport.GroupRates("originSize=large", 0.25, null, 0.031);
  private static final DemoReport.Brier BRIER =
      new DemoReport.Brier(
          0.15891,
          0.12931,
          0.13121,
          0.13501,
          new DemoReport.Gains(
              new DemoReport.Gain(0.0296, 0.0211, 0.0381),
              new DemoReport.Gain(0.0019, -0.0011, 0.0049),
              new DemoReport.Gain(0.0057, 0.0021, 0.0093)),
          1261,
          Instant.parse("2014-01-16T00:00:00Z"),
          Instant.parse("2014-01-21T00:00:00Z"));

  @Test
  void showsBaselinesBesideTheModels() {
    assertThat(DemoTable.lines(report(BRIER)))
        .containsSequence(
            "1,261 flights of 16 Jan to 20 Jan:   Brier   retrained gains, 95 % interval in pairs",
            "  v1, stale                     0.1589  +0.0296  [+0.0211, +0.0381]",
            "  v2, retrained                 0.1293",
            "  online base rate, 24 hours    0.1312  +0.0019  [-0.0011, +0.0049]",
            "  base rate v2 trained on       0.1350  +0.0057  [+0.0021, +0.0093]");
  }

  @Test
  void showsVerdictEnergyReasonsWarningsAndRatesOfEachVersion() {
    assertThat(DemoTable.lines(report(null)))
        .contains(
            "v1       PASS                   yes           15 J (estimated)",
            "v3       BLOCK                  no             9 J (estimated)  sabotaged on purpose",
            "           too unfair",
            "           warns only",
            "                          v1           v2           v3",
            "  originSize=large         25   –   3                25   –   3");
  }

  private static DemoReport report(DemoReport.Brier brier) {
    return new DemoReport(
        10,
        8,
        10,
        2,
        0,
        List.of(),
        List.of(
            version(1, "PASS", true, List.of(LARGE)),
            version(2, "PASS", true, List.of()),
            new DemoReport.Version(
                3,
                "r3",
                "BLOCK",
                false,
                true,
                9.0,
                "estimated",
                "d",
                List.of("too unfair"),
                List.of("warns only"),
                List.of(LARGE))),
        brier,
        13.4,
        11.9,
        95,
        3);
  }

  private static DemoReport.Version version(
      int number, String verdict, boolean promoted, List<DemoReport.GroupRates> rates) {
    return new DemoReport.Version(
        number,
        "r" + number,
        verdict,
        promoted,
        false,
        15.0,
        "estimated",
        "d",
        List.of(),
        List.of(),
        rates);
  }
}
