package dev.weir.model.energy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyMeterTest {
  @TempDir Path powercap;

  @Test
  void countersAreMeasuredAcrossAWrap() throws IOException {
    zone("intel-rapl:0", "package-0", 900);
    zone("intel-rapl:0:0", "core", 1);
    EnergyMeter meter = EnergyMeter.start(powercap);
    zone("intel-rapl:0", "package-0", 100);

    EnergyReading reading = meter.stop(99);

    assertThat(reading.method()).isEqualTo(EnergyMethod.MEASURED);
    assertThat(reading.joules()).isEqualTo(200 * 1e-6);
    assertThat(reading.scope()).contains("other processes included");
  }

  @Test
  void withoutCountersTheEstimateSaysThatItIsOne() {
    EnergyReading reading = EnergyMeter.start(powercap.resolve("none")).stop(2.5);
    assertThat(reading.method()).isEqualTo(EnergyMethod.ESTIMATED);
    assertThat(reading.joules()).isEqualTo(10.0);
  }

  private void zone(String name, String title, long microjoules) throws IOException {
    Path zone = Files.createDirectories(powercap.resolve(name));
    Files.writeString(zone.resolve("name"), title + "\n");
    Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "1000\n");
  }
}
