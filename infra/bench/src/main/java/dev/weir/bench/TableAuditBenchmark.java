package dev.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.weir.auditor.table.PredictionTable;
import dev.weir.auditor.table.TableAudit;
import dev.weir.auditor.table.TableJson;
import dev.weir.auditor.table.TableRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The audit of a million rows with four attributes and their eleven intersections, file to JSON,
 * against a plain pass over the same file that counts labels and decisions by the four attributes.
 * Prints seconds of the clock and of the process' CPU time for each repetition.
 */
@WritesToTerminal
public final class TableAuditBenchmark {
  private static final int ROWS = 1_000_000;
  private static final int REPETITIONS = 5;
  private static final long SEED = 11;
  private static final double NANOS = 1e9;
  private static final List<String> ATTRIBUTES = List.of("sex", "race", "age", "region");
  private static final int[] GROUPS = {2, 5, 5, 4};

  private TableAuditBenchmark() {}

  /** Runs the benchmark; the first repetition of each is the cold one. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("audit", ".csv");
    try {
      write(file);
      for (int r = 0; r < REPETITIONS; r++) {
        Spent counting = Spent.of(() -> count(file));
        Spent auditing = Spent.of(() -> audit(file));
        System.out.println(
            String.format(
                Locale.ROOT,
                "audit %.2f s, %.2f CPU-s, %.0f rows per CPU-s; count %.2f s, %.2f CPU-s; ratio"
                    + " %.1f",
                auditing.clock(),
                auditing.cpu(),
                ROWS / auditing.cpu(),
                counting.clock(),
                counting.cpu(),
                auditing.cpu() / counting.cpu()));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", ATTRIBUTES) + ",y,decision,p\n");
      for (int i = 0; i < ROWS; i++) {
        StringBuilder row = new StringBuilder();
        for (int a = 0; a < GROUPS.length; a++) {
          row.append(ATTRIBUTES.get(a)).append(random.nextInt(GROUPS[a])).append(',');
        }
        double p = random.nextInt(1_000_000) / 1e6;
        row.append(random.nextDouble() < p ? 1 : 0).append(',').append(p < 0.5 ? 0 : 1);
        out.write(row.append(',').append(p).append('\n').toString());
      }
    }
  }

  private static int audit(Path file) throws IOException {
    TableRequest request =
        new TableRequest(
            "y", "decision", "p", null, ATTRIBUTES, null, null, Map.of(), Map.of(), GROUPS.length, List.of());
    return TableJson.of(TableAudit.of(PredictionTable.read(file, request), request))
        .toString()
        .length();
  }

  private static int count(Path file) throws IOException {
    Map<List<String>, Integer> counts = new HashMap<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      reader.forEach(row -> counts.merge(row.getFields().subList(0, 6), 1, Integer::sum));
    }
    return counts.size();
  }

  /** Seconds that something took, of the clock and of all threads of this process. */
  private record Spent(double clock, double cpu) {
    /** Something that reads a file and returns a number, so that nothing is optimized away. */
    private interface Work {
      int run() throws IOException;
    }

    static Spent of(Work work) throws IOException {
      long clock = System.nanoTime();
      double cpu = cpuSeconds();
      if (work.run() == 0) {
        throw new IllegalStateException("nothing was read");
      }
      return new Spent((System.nanoTime() - clock) / NANOS, cpuSeconds() - cpu);
    }

    private static double cpuSeconds() {
      if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
        return os.getProcessCpuTime() / NANOS;
      }
      throw new IllegalStateException("this JVM does not tell its CPU time");
    }
  }
}
