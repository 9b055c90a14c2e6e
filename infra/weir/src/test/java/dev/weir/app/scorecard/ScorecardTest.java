package dev.weir.app.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.statistics.drift.DetectorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of docs/detectors.md are what {@code weir bench detectors} prints. */
class ScorecardTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("weir.home"), "docs", "detectors.md");

  @Test
  @Tag("nightly")
  void theDocumentHoldsEveryTable() throws IOException {
    String tables = String.join("\n", Scorecard.markdown(new Scorecard(1).lines()));
    assertThat(Files.readString(DOCUMENT)).contains(tables.strip());
  }

  /** The same, of the lines that take a second. */
  @ParameterizedTest
  @EnumSource(
      value = DetectorKind.class,
      names = {"PAGE_HINKLEY", "DDM", "HDDM_W"})
  void theDocumentHoldsALine(DetectorKind kind) throws IOException {
    Scorecard.Line line = new Scorecard(1).line(new Contender(kind, Map.of()), Source.MISTAKES);
    assertThat(Files.readString(DOCUMENT)).contains(line.markdown());
  }

  @Test
  void theDocumentNamesEveryDetectorAndParameter() throws IOException {
    String document = Files.readString(DOCUMENT);
    for (DetectorKind kind : DetectorKind.values()) {
      assertThat(document).contains("`" + kind.id() + "`");
      kind.parameters()
          .forEach(each -> assertThat(document).contains(each.name() + " " + each.text()));
    }
  }

  @Test
  void aMissedChangeIsLaterThanEveryOther() {
    assertThat(new Score(1, 10, 3, List.of(4, 9), 1, 0).medianDelay()).hasValue(9);
    assertThat(new Score(1, 10, 1, List.of(4), 1, 0).medianDelay()).hasValue(4);
    assertThat(new Score(1, 10, 1, List.of(4), 2, 0).medianDelay()).isEmpty();
  }

  @Test
  void aStreamIsItsSeeds() {
    double[] stream = Source.SHIFT.stream(Shape.GRADUAL, 3);
    assertThat(Source.SHIFT.stream(Shape.GRADUAL, 3)).isEqualTo(stream);
    assertThat(Source.SHIFT.stream(Shape.GRADUAL, 4)).isNotEqualTo(stream);
  }

  @Test
  void sharesFollowTheShape() {
    assertThat(Shape.ABRUPT.shareOfNew(4_999)).isZero();
    assertThat(Shape.ABRUPT.shareOfNew(5_000)).isEqualTo(1);
    assertThat(Shape.GRADUAL.shareOfNew(5_999)).isEqualTo(0.5);
    assertThat(Shape.GRADUAL.shareOfNew(9_000)).isEqualTo(1);
    assertThat(Shape.RECURRING.shareOfNew(2_500)).isEqualTo(1);
    assertThat(Shape.RECURRING.shareOfNew(5_000)).isZero();
  }
}
