package dev.weir.model.energy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.policy.EnergyTerms;
import dev.weir.testkit.golden.GoldenFile;
import dev.weir.testkit.golden.GoldenFiles;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CodeCarbon's watts and grams and the SCI formula, to a relative 1e-9. */
class EnergyGoldenTest {
  private static final Percentage TOLERANCE = Percentage.withPercentage(1e-7);

  static List<GoldenFile> files() {
    return GoldenFiles.in("energy");
  }

  @ParameterizedTest
  @MethodSource("files")
  void constantsAreCodeCarbons(GoldenFile file) {
    JsonNode constants = file.json().path("constants");
    same(EnergyMeter.WATTS_PER_THREAD, constants.path("DEFAULT_POWER_PER_CORE_W_per_thread"));
    same(PowerModel.constantCpuWatts(1), constants.path("CONSUMPTION_PERCENTAGE_CONSTANT"));
    same(EnergyTerms.WORLD_AVERAGE, constants.path("world_average_g_per_kWh"));
    same(EnergyTerms.DEFAULT.powerUsageEffectiveness(), constants.path("PUE_default"));
    same(PowerModel.busyCpuWatts(1, 0), constants.path("min_cpu_load_fraction_of_TDP"));
    same(EnergyTerms.gramsPerKilowattHour(1) / 1000, constants.path("lbs_per_MWh_to_kg_per_kWh"));
    same(1 / new Grid(0, 1).siteKilowattHours(1), constants.path("J_per_kWh"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void memoryIsBilledByModule(GoldenFile file) {
    for (JsonNode memory : file.json().path("ram_power")) {
      double gigabytes = memory.path("ram_gb").asDouble();
      assertThat(PowerModel.memoryModules(gigabytes)).isEqualTo(memory.path("dimms").asInt());
      same(PowerModel.memoryWatts(gigabytes, false), memory.path("x86_W"));
      same(PowerModel.memoryWatts(gigabytes, true), memory.path("arm_W"));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void processorIsBilledByLoadOrByHalf(GoldenFile file) {
    for (JsonNode cpu : file.json().path("cpu_power")) {
      double tdp = cpu.path("tdp_W").asDouble();
      double load = cpu.path("load_percent").asDouble() / 100;
      same(PowerModel.busyCpuWatts(tdp, load), cpu.path("cpu_load_mode_W"));
      same(PowerModel.constantCpuWatts(tdp), cpu.path("constant_mode_W"));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void gramsAreOfCountryAndSite(GoldenFile file) {
    for (JsonNode country : file.json().path("country_emissions")) {
      Grid grid = new Grid(country.path("g_per_kWh").asDouble(), country.path("pue").asDouble());
      double joules = country.path("energy_it_kWh").asDouble() * 3.6e6;
      same(grid.grams(joules) / 1000, country.path("kg_co2e"));
    }
    for (JsonNode state : file.json().path("usa_state_emissions")) {
      double grams = EnergyTerms.gramsPerKilowattHour(state.path("lbs_per_MWh").asDouble());
      double joules = state.path("kWh").asDouble() * 3.6e6;
      same(new Grid(grams, 1).grams(joules) / 1000, state.path("kg_co2e"));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aRunIsWattsTimesSeconds(GoldenFile file) {
    JsonNode run = file.json().path("run");
    double watts =
        run.path("cpu_W").asDouble() + run.path("ram_W").asDouble() + run.path("gpu_W").asDouble();
    double joules = watts * run.path("seconds").asDouble();
    Grid grid =
        new Grid(file.json().findValue("I_g_per_kWh").asDouble(), run.path("pue").asDouble());
    same(new Grid(0, 1).siteKilowattHours(joules), run.path("kWh"));
    same(joules / run.path("inferences").asDouble(), run.path("J_per_inference"));
    same(grid.grams(joules) / 1000, run.path("kg_co2e"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void intensityIsTheSpecifications(GoldenFile file) {
    JsonNode sci = file.json().findParent("SCI_g_per_inference");
    double embodied =
        SoftwareCarbonIntensity.embodiedGrams(
            sci.path("TE_g").asDouble(),
            sci.path("TiR_h").asDouble(),
            sci.path("EL_h").asDouble(),
            sci.path("RR").asDouble() / sci.path("ToR").asDouble());
    same(embodied, sci.path("M_g"));
    double joules = sci.path("E_kWh").asDouble() * 3.6e6;
    Grid grid = new Grid(sci.path("I_g_per_kWh").asDouble(), 1);
    same(
        SoftwareCarbonIntensity.of(joules, grid, embodied, sci.path("R").asDouble()),
        sci.path("SCI_g_per_inference"));
  }

  private static void same(double found, JsonNode expected) {
    assertThat(expected.isNumber()).as("the file has this number").isTrue();
    assertThat(found).isCloseTo(expected.asDouble(), TOLERANCE);
  }
}
