package dev.weir.contracts.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.serde.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceProfileTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(new FeatureLayout.Column("amount", 0), new FeatureLayout.Column("branch", 2)));

  private static ReferenceProfile profile() {
    List<FeatureVector> rows =
        IntStream.range(0, 100).mapToObj(i -> FeatureVector.of(i + 1, i % 3)).toList();
    double[] predictions = IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray();
    double[] labels = IntStream.range(0, 100).mapToDouble(i -> i % 2).toArray();
    return ReferenceProfile.of(LAYOUT, rows, predictions, labels);
  }

  @Test
  void numbersAreBinnedByDeciles() {
    Distribution.Numbers amount = (Distribution.Numbers) profile().features().get(0);

    assertThat(amount.name()).isEqualTo("amount");
    assertThat(amount.edges())
        .containsExactly(10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0);
    assertThat(amount.counts()).hasSize(10).containsOnly(10L);
    assertThat(amount.missing()).isZero();
  }

  @Test
  void categoriesAreCountedByCode() {
    assertThat(profile().features().get(1))
        .isEqualTo(new Distribution.Codes("branch", List.of(34L, 33L, 33L)));
  }

  @Test
  void predictionsAreBinnedInStepsOfAFiftieth() {
    Distribution.Numbers prediction = profile().prediction();

    assertThat(prediction.edges()).hasSize(19).startsWith(0.05, 0.1).endsWith(0.95);
    assertThat(prediction.counts().get(0)).isEqualTo(6); // 0.00 … 0.05
    assertThat(prediction.counts().get(1)).isEqualTo(5); // 0.06 … 0.10
    assertThat(prediction.counts().stream().mapToLong(c -> c).sum()).isEqualTo(100);
  }

  @Test
  void lossesAreTheNegativeLogarithmOfTheLabelsProbability() {
    List<FeatureVector> rows = IntStream.range(0, 4).mapToObj(i -> FeatureVector.of(1, 0)).toList();
    Distribution.Numbers loss =
        ReferenceProfile.of(
                LAYOUT, rows, new double[] {0.25, 0.25, 1, 0}, new double[] {1, 0, 1, 1})
            .loss();

    // 2⁻⁵², −ln 0.75, −ln 0.25 and 52 ln 2.
    assertThat(loss.name()).isEqualTo("loss");
    assertThat(loss.counts()).containsExactly(1L, 1L, 1L, 1L, 0L);
    assertThat(loss.edges().get(0)).isCloseTo(0, within(1e-15));
    assertThat(loss.edges().get(1)).isCloseTo(0.2876820724517809, within(1e-15));
    assertThat(loss.edges().get(2)).isCloseTo(1.3862943611198906, within(1e-15));
    assertThat(loss.edges().get(3)).isCloseTo(36.04365338911715, within(1e-12));
  }

  @Test
  void missingValuesAreCountedApart() {
    ReferenceProfile profile =
        ReferenceProfile.of(
            LAYOUT,
            List.of(FeatureVector.of(Float.NaN, 0), FeatureVector.of(5, 1), FeatureVector.of(7, 1)),
            new double[] {0, 0.5, 1},
            new double[] {0, 1, 0});

    assertThat(profile.features().get(0))
        .isEqualTo(
            new Distribution.Numbers(
                "amount", List.of(5.0, 7.0), List.of(1L, 1L, 0L), 1, 5.0, 7.0));
    assertThat(profile.prediction().counts().get(0)).isEqualTo(1);
    assertThat(profile.prediction().counts().get(19)).isEqualTo(1);
  }

  @Test
  void noRowsMakeOneEmptyBin() {
    assertThat(ReferenceProfile.of(LAYOUT, List.of(), new double[0], new double[0]).features())
        .containsExactly(
            new Distribution.Numbers("amount", List.of(), List.of(0L), 0),
            new Distribution.Codes("branch", List.of(0L, 0L, 0L)));
  }

  @Test
  void binsCoverTheLineAndAreClosedOnTheRight() {
    Distribution.Numbers numbers =
        new Distribution.Numbers("x", List.of(-1.0, 0.0, 2.5), List.of(0L, 0L, 0L, 0L), 0);

    assertThat(numbers.bin(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(numbers.bin(-1)).isZero();
    assertThat(numbers.bin(-0.0)).isEqualTo(1);
    assertThat(numbers.bin(0.0)).isEqualTo(1);
    assertThat(numbers.bin(Math.nextUp(0.0))).isEqualTo(2);
    assertThat(numbers.bin(2.5)).isEqualTo(2);
    assertThat(numbers.bin(1e300)).isEqualTo(3);
    assertThat(numbers.bin(Double.NaN)).isEqualTo(-1);
  }

  @Test
  void zerosOfBothSignsAreOneEdge() {
    List<FeatureVector> rows =
        IntStream.range(0, 20).mapToObj(i -> FeatureVector.of(i % 2 == 0 ? -0f : 0f, 0)).toList();

    assertThat(ReferenceProfile.of(LAYOUT, rows, new double[20], new double[20]).features().get(0))
        .isEqualTo(new Distribution.Numbers("amount", List.of(0.0), List.of(20L, 0L), 0, 0.0, 0.0));
  }

  @Test
  void comesBackFromJson() {
    ReferenceProfile profile = profile();

    assertThat(Json.read(Json.write(profile), ReferenceProfile.class)).isEqualTo(profile);
    assertThat(Json.tree(profile.features().get(1)).toString())
        .isEqualTo("{\"type\":\"codes\",\"name\":\"branch\",\"counts\":[34,33,33]}");
  }

  @Test
  void aLayoutFitsWhereNamesKindsAndCodesAreThoseOfTheProfile() {
    FeatureLayout.Column amount = new FeatureLayout.Column("amount", 0);
    assertThat(profile().fits(LAYOUT)).isTrue();
    for (List<FeatureLayout.Column> other :
        List.of(
            List.of(amount),
            List.of(amount, new FeatureLayout.Column("branch", 3)),
            List.of(amount, new FeatureLayout.Column("branch", 0)),
            List.of(amount, new FeatureLayout.Column("shop", 2)),
            List.of(new FeatureLayout.Column("amount", 2), LAYOUT.columns().get(1)))) {
      assertThat(profile().fits(new FeatureLayout(other))).as("%s", other).isFalse();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReferenceProfile.of(LAYOUT, List.of(), new double[1], new double[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReferenceProfile.of(
                    LAYOUT, List.of(FeatureVector.of(1)), new double[1], new double[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ReferenceProfile.of(
                    LAYOUT, List.of(FeatureVector.of(1, 0)), new double[1], new double[] {2}))
        .withMessageContaining("label");
    for (float code : new float[] {3, -1, 0.5f, Float.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  ReferenceProfile.of(
                      LAYOUT, List.of(FeatureVector.of(1, code)), new double[1], new double[1]))
          .withMessageContaining("branch");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Numbers("x", List.of(2.0, 1.0), List.of(0L, 0L, 0L), 0));
  }
}
