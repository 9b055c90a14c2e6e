package dev.weir.auditor.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.verdict.SimulatedRows.Wrong;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/verdict-error-rates.md is what the simulation gives. */
@Tag("nightly")
class VerdictTableTest {
  private static final int[][] SIZES = {{2, 200}, {2, 50}, {5, 100}, {10, 200}};
  private static final double[] GAPS = {0, 0.1, 0.2, 0.4};
  private static final double[] TIMES_THE_LIMIT = {0, 0.5, 1, 2};
  private static final Path DOCUMENT = Path.of("../docs/verdict-error-rates.md");
  private static final double LIMIT = 0.2;
  private static final double FOUR_FIFTHS = 0.8;

  @Test
  void theDocumentHoldsTheTable() throws IOException {
    StringBuilder table = new StringBuilder();
    for (int[] size : SIZES) {
      for (double gap : GAPS) {
        table.append(row(size[0], size[1], gap));
      }
    }
    String document = Files.readString(Path.of("../docs/verdict-error-rates.md"));
    assertThat(document).contains(table);
  }

  /** The same of gates on ratios, calibration and the Brier score, with their own limits. */
  @ParameterizedTest
  @CsvSource({"RATIO, 0.2", "CALIBRATION, 0.2", "BRIER, 0.07"})
  void theDocumentHoldsThePowerOfOtherGates(Wrong wrong, double limit) throws IOException {
    Policy policy = SimulatedRows.policy(0, wrong, limit);
    StringBuilder table = new StringBuilder();
    for (int[] size : SIZES) {
      table.append(String.format(Locale.ROOT, "| %s | %d × %d |", wrong, size[0], size[1]));
      for (double times : TIMES_THE_LIMIT) {
        Runs runs =
            Runs.of(
                seed ->
                    Runs.audit(
                        policy,
                        new SimulatedRows(size[0], wrong, times * limit, seed),
                        size[0] * size[1]));
        table.append(" ").append(percent(runs.pass())).append(", ");
        table.append(percent(runs.block())).append(" |");
      }
      table.append(System.lineSeparator());
    }
    assertThat(Files.readString(DOCUMENT)).contains(table);
  }

  private static String row(int groups, int rows, double gap) {
    Policy once = SimulatedRows.policy(0, Wrong.SELECTION, LIMIT);
    Policy again = SimulatedRows.policy(3, Wrong.SELECTION, LIMIT);
    Runs first = Runs.of(seed -> Runs.audit(once, population(groups, gap, seed), groups * rows));
    Runs looks =
        Runs.of(seed -> Runs.auditAgain(again, population(groups, gap, seed), groups * rows));
    return String.format(
        Locale.ROOT,
        "| %d × %d | %.1f | %s | %s | %s | %s | %s |%n",
        groups,
        rows,
        gap,
        percent(first.pass()),
        percent(first.block()),
        percent(looks.pass()),
        percent(looks.block()),
        percent(fourFifthsFails(groups, rows, gap)));
  }

  private static SimulatedRows population(int groups, double gap, long seed) {
    return new SimulatedRows(groups, Wrong.SELECTION, gap, seed);
  }

  private static double fourFifthsFails(int groups, int rows, double gap) {
    return Runs.of(
            seed -> {
              SimulatedRows population = population(groups, gap, seed);
              population.grow(groups * rows);
              return population.impactRatio() >= FOUR_FIFTHS ? Answer.PASS : Answer.BLOCK;
            })
        .block();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
