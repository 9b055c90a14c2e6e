package dev.weir.model.explain.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.ShapNetwork;
import dev.weir.model.explain.shapley.ExactShapley;
import dev.weir.model.network.DenseNetwork;
import dev.weir.testkit.golden.ShapCase;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class QualityProbeTest {
  private static final ShapCase GOLDEN = ShapCase.all().get(0);
  private static final DenseNetwork NETWORK = ShapNetwork.of(GOLDEN);
  private static final Background BACKGROUND = Background.of(GOLDEN.background());

  @Test
  void exactValuesAddUpAndAreMoreFaithfulThanChance() {
    ExplanationQuality actual = measure(background -> ExactShapley.of(NETWORK, background));

    assertThat(actual.rows()).isEqualTo(10);
    assertThat(actual.largestAdditivityGap()).isCloseTo(0, within(1e-12));
    assertThat(actual.deletionGain().lower(0.05)).isPositive();
    assertThat(actual.noiseChange().value()).isBetween(0.001, 0.3);
    assertThat(actual.backgroundChange().value()).isBetween(0.01, 1.0);
  }

  @Test
  void valuesDrawnAtRandomAreFoundOut() {
    SplittableRandom random = new SplittableRandom(5);
    ExplanationQuality actual =
        measure(
            background ->
                row ->
                    Attribution.exact(
                        BACKGROUND.meanOutput(NETWORK),
                        NETWORK.score(row),
                        new double[][] {random.doubles(row.length, -1, 1).toArray()}));

    assertThat(actual.largestAdditivityGap()).isGreaterThan(0.1);
    assertThat(actual.deletionGain().lower(0.01)).isNegative();
    assertThat(actual.noiseChange().value()).isGreaterThan(0.8);
  }

  @Test
  void oneRowHasNoMeans() {
    Function<Background, Explainer> exact = background -> ExactShapley.of(NETWORK, background);
    QualityProbe probe = new QualityProbe(NETWORK, BACKGROUND, exact, Set.of());
    assertThat(probe.measure(new double[][] {GOLDEN.rows()[0]}, 0, 1).deletionGain()).isNull();
  }

  private static ExplanationQuality measure(Function<Background, Explainer> method) {
    return new QualityProbe(NETWORK, BACKGROUND, method, Set.of()).measure(GOLDEN.rows(), 0, 3);
  }
}
