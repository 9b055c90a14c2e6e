package dev.weir.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.ProportionEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CappedSampleTest {
  private final ProportionEstimate found = new ProportionEstimate(40, 100);

  @Test
  void projectsToTheMostRowsAndNoFurther() {
    Estimate capped = onAtMost(400);
    assertThat(capped.upper(0.05)).isEqualTo(found.upper(0.05));
    assertThat(capped.projected(2).upper(0.05)).isEqualTo(found.projected(2).upper(0.05));
    assertThat(capped.projected(100).upper(0.05)).isEqualTo(found.projected(4).upper(0.05));
  }

  @Test
  void aFullSampleStaysAsWideAsItIs() {
    assertThat(onAtMost(100).projected(50).upper(0.05)).isEqualTo(found.upper(0.05));
  }

  @Test
  void whatIsUndefinedStaysUndefined() {
    EvidenceSource source =
        metric -> List.of(Measured.undefined(metric, "all", 0, "there is no row"));
    assertThat(source.onAtMost(metric -> 5).of(Metric.LEAKAGE).get(0).undefined())
        .isEqualTo("there is no row");
  }

  private Estimate onAtMost(long rows) {
    EvidenceSource source = metric -> List.of(Measured.of(metric, "all", 100, found));
    return source.onAtMost(metric -> rows).of(Metric.NOISE_FLIP_RATE).get(0).estimate();
  }
}
