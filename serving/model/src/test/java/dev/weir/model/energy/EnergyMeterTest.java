package dev.weir.model.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a made-up sysfs with the range of a real counter, 262,143.328850 J. */
class EnergyMeterTest {
  private static final long RANGE = 262_143_328_850L;

  @TempDir Path root;
  private Path powercap;
  private Path stat;
  private long nanos;

  @BeforeEach
  void machine() throws IOException {
    powercap = root.resolve("powercap");
    stat = root.resolve("stat");
    zone("intel-rapl:0", "package-0", 1_000_000);
    busy(1000);
  }

  @Test
  void aShareOfTheMachineIsAnEstimateThatSaysSo() throws IOException {
    EnergyMeter meter = meter();
    zone("intel-rapl:0", "package-0", 101_000_000);
    busy(1010);

    EnergyReading reading = meter.stop(2.5);

    assertThat(reading.method()).isEqualTo(EnergyMethod.ESTIMATED);
    assertThat(reading.joules()).isCloseTo(25, within(1e-9)); // 100 J × 2.5 s / 10 s
    assertThat(reading.scope()).contains("RAPL", "share 0.250");
  }

  @Test
  void aMachineOfItsOwnIsMeasured() throws IOException {
    EnergyMeter meter = meter();
    zone("intel-rapl:0", "package-0", 101_000_000);
    busy(1010);

    EnergyReading reading = meter.stop(9.9);

    assertThat(reading.method()).isEqualTo(EnergyMethod.MEASURED);
    assertThat(reading.joules()).isCloseTo(100, within(1e-9));
    assertThat(reading.scope()).contains("RAPL", "95 %");
  }

  @Test
  void aCounterThatStartedAgainIsFollowed() throws IOException {
    zone("intel-rapl:0", "package-0", RANGE - 10_000_000);
    EnergyMeter meter = meter();
    zone("intel-rapl:0", "package-0", 30_000_000);
    busy(1010);

    assertThat(meter.stop(10).joules()).isCloseTo(40, within(1e-9));
  }

  @Test
  void aJobSoLongThatACounterMayHaveGoneRoundTwiceIsNotReadFromIt() throws IOException {
    EnergyMeter meter = meter();
    busy(1600);
    nanos = 600_000_000_000L; // 600 s × 500 W > 262 kJ

    EnergyReading reading = meter.stop(10);

    assertThat(reading.joules()).isEqualTo(40.0);
    assertThat(reading.scope()).contains("4 W");
  }

  @Test
  void packagesAreAddedAndTheirPartsAndTheBoardAreNot() throws IOException {
    zone("intel-rapl:1", "package-1", 0);
    zone("intel-rapl:0:0", "core", 0);
    zone("intel-rapl:2", "psys", 0);
    EnergyMeter meter = meter();
    zone("intel-rapl:0", "package-0", 4_000_000);
    zone("intel-rapl:1", "package-1", 5_000_000);
    zone("intel-rapl:0:0", "core", 2_000_000);
    zone("intel-rapl:2", "psys", 50_000_000);
    busy(1010);

    EnergyReading reading = meter.stop(10);

    assertThat(reading.joules()).isCloseTo(8, within(1e-9));
    assertThat(reading.scope()).contains("2 CPU package(s)");
  }

  @Test
  void withoutCountersTheEstimateSaysThatItIsOne() {
    EnergyReading reading =
        EnergyMeter.start(root.resolve("none"), root.resolve("none"), () -> nanos).stop(2.5);

    assertThat(reading.method()).isEqualTo(EnergyMethod.ESTIMATED);
    assertThat(reading.joules()).isEqualTo(10.0);
    assertThat(reading.scope()).contains("4 W");
  }

  @Test
  void whatCannotBeReadIsNotGuessed() throws IOException {
    EnergyMeter withoutBusyTime = EnergyMeter.start(powercap, root.resolve("none"), () -> nanos);
    EnergyMeter vanishing = meter();
    EnergyMeter standing = meter();
    assertThat(standing.stop(1).scope()).contains("4 W"); // no tick of CPU time has passed
    Files.delete(powercap.resolve("intel-rapl:0").resolve("energy_uj"));
    EnergyMeter unreadable = meter();
    busy(1010);

    assertThat(withoutBusyTime.stop(1).scope()).contains("4 W");
    assertThat(vanishing.stop(1).scope()).contains("4 W");
    assertThat(unreadable.stop(1).scope()).contains("4 W");
  }

  private EnergyMeter meter() {
    return EnergyMeter.start(powercap, stat, () -> nanos);
  }

  private void zone(String name, String title, long microjoules) throws IOException {
    Path zone = Files.createDirectories(powercap.resolve(name));
    Files.writeString(zone.resolve("name"), title + "\n");
    Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), RANGE + "\n");
  }

  /** Writes that many busy seconds, a fifth of them in each busy field, and others elsewhere. */
  private void busy(long seconds) throws IOException {
    long ticks = seconds * 100 / 5;
    String cpu =
        String.join(" ", "cpu ", "" + ticks, "" + ticks, "" + ticks, "77", "88", "" + ticks);
    Files.writeString(stat, cpu + " " + ticks + " 99 11 0\ncpu0 1 2 3 4 5 6 7 8 9 0\n");
  }
}
