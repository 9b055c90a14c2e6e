package dev.weir.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectorKindTest {
  @ParameterizedTest
  @EnumSource(DetectorKind.class)
  void eachSeesMistakesBecomeFourTimesAsMany(DetectorKind kind) {
    DriftDetector detector = kind.create(Map.of(), 1);
    assertThat(alarms(detector, 0)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(DetectorKind.class)
  void aResetDetectorIsANewOne(DetectorKind kind) {
    DriftDetector detector = kind.create(Map.of(), 1);
    int first = alarms(detector, 5);
    detector.reset();
    assertThat(detector.isWarning()).isFalse();
    assertThat(alarms(detector, 5)).isEqualTo(first);
  }

  @Test
  void aWarningComesBeforeTheAlarm() {
    for (DetectorKind kind :
        new DetectorKind[] {DetectorKind.DDM, DetectorKind.HDDM_A, DetectorKind.HDDM_W}) {
      DriftDetector detector = kind.create(Map.of(), 1);
      SplittableRandom random = new SplittableRandom(2);
      boolean wasWarned = false;
      for (int i = 0; i < 4000; i++) {
        boolean isAlarm = detector.update(random.nextDouble() < (i < 2000 ? 0.1 : 0.5) ? 1 : 0);
        assertThat(isAlarm && detector.isWarning()).isFalse();
        wasWarned |= detector.isWarning();
        if (isAlarm && i >= 2000) {
          break;
        }
      }
      assertThat(wasWarned).as(kind.id()).isTrue();
    }
  }

  @Test
  void namesAndKindsOfParametersAreChecked() {
    assertThatThrownBy(() -> DetectorKind.ADWIN.create(Map.of("alpha", 1.0), 1))
        .hasMessageContaining("adwin has no parameter 'alpha'; it has delta, clock");
    assertThatThrownBy(() -> DetectorKind.KSWIN.create(Map.of("windowSize", 10.5), 1))
        .hasMessageContaining("windowSize must be a whole number, was 10.5");
    assertThatThrownBy(() -> DetectorKind.DDM.create(Map.of(), 1).update(0.5))
        .hasMessageContaining("must be 0 or 1, was 0.5");
    assertThat(DetectorKind.ADWIN_SCIKIT_MULTIFLOW.id()).isEqualTo("adwin-scikit-multiflow");
  }

  private static int alarms(DriftDetector detector, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int alarms = 0;
    for (int i = 0; i < 4000; i++) {
      alarms += detector.update(random.nextDouble() < (i < 2000 ? 0.15 : 0.6) ? 1 : 0) ? 1 : 0;
    }
    return alarms;
  }
}
