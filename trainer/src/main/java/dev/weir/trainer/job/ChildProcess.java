package dev.weir.trainer.job;

import dev.weir.contracts.serde.Json;
import dev.weir.model.energy.EnergyMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs in child JVMs, one at a time: no leak outlives a job, a native crash kills one job
 * only, and its CPU time is its own. Kernels are pinned where the CPU has AVX2, for byte-identical
 * weights.
 *
 * <p>A child that a signal ended (the kernel short of memory, an operator, a crash in native code)
 * is run again once, with the same rows and the same seed, so that it gives the same bytes. A heap
 * that is too small, a timeout and an exception are the job's own fault and fail it at once.
 */
public final class ChildProcess {
  static final List<String> KERNEL_VARIABLES =
      List.of("ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA");

  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration LONGEST_JOB = Duration.ofMinutes(30);
  private static final int LAST_LINES = 8;
  private static final int ATTEMPTS = 2;
  private static final int TIMED_OUT = -1;
  private static final int ABORTED = 128 + 6;
  private static final int KILLED = 128 + 9;
  private static final int SEGMENTATION_FAULT = 128 + 11;
  private static final int TERMINATED = 128 + 15;
  private static final Set<Integer> SIGNALS =
      Set.of(ABORTED, KILLED, SEGMENTATION_FAULT, TERMINATED);

  private final Path classPathFile;
  private final Duration limit;
  private final Consumer<ProcessHandle> started;

  /**
   * Creates a runner.
   *
   * @param classPathFile the file with the child's class path, written by the build; the trainer's
   *     own classes lie beside it
   * @param limit longest wall time of a job
   * @param started is told each child that has started
   */
  public ChildProcess(Path classPathFile, Duration limit, Consumer<ProcessHandle> started) {
    this.classPathFile = classPathFile;
    this.limit = limit;
    this.started = started;
  }

  /** Returns a runner whose jobs may take half an hour. */
  public static ChildProcess of(Path classPathFile, Consumer<ProcessHandle> started) {
    return new ChildProcess(classPathFile, LONGEST_JOB, started);
  }

  /**
   * Runs a job in {@code directory}, which is made for it and removed after it.
   *
   * @throws IOException if the directory cannot be used
   */
  public JobOutcome run(Path directory, JobSpec job, Rows rows)
      throws IOException, InterruptedException {
    try {
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        prepare(directory, job, rows);
        Finished child = runChild(directory);
        if (!SIGNALS.contains(child.exitCode())) {
          return outcome(child, directory, attempt);
        }
        log.warn("job tried again after a signal job={} exitCode={}", directory, child.exitCode());
      }
      prepare(directory, job, rows);
      return outcome(runChild(directory), directory, ATTEMPTS);
    } finally {
      JobDirectories.delete(directory);
    }
  }

  private static void prepare(Path directory, JobSpec job, Rows rows) throws IOException {
    JobDirectories.delete(directory);
    Files.createDirectories(directory);
    Files.write(directory.resolve(JobFiles.JOB), Json.write(job));
    rows.write(directory.resolve(JobFiles.ROWS));
  }

  /**
   * A child that has ended.
   *
   * @param exitCode its exit code, or {@code TIMED_OUT} if it had to be stopped
   * @param meter runs since before it started
   */
  private record Finished(int exitCode, EnergyMeter meter) {}

  private Finished runChild(Path directory) throws IOException, InterruptedException {
    EnergyMeter meter = EnergyMeter.start();
    Process process = start(directory);
    try {
      started.accept(process.toHandle());
      boolean hasEnded = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Finished(hasEnded ? process.exitValue() : TIMED_OUT, meter);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private JobOutcome outcome(Finished child, Path directory, int attempts) throws IOException {
    if (child.exitCode() == TIMED_OUT) {
      return new JobOutcome.Failed("TIMEOUT: the job took longer than " + limit);
    }
    Path file = directory.resolve(JobFiles.RESULT);
    if (child.exitCode() != 0 || !Files.exists(file)) {
      return new JobOutcome.Failed(reason(child.exitCode(), directory));
    }
    JobResult result = Json.read(Files.readAllBytes(file), JobResult.class);
    return new JobOutcome.Trained(
        result,
        Files.readAllBytes(directory.resolve(JobFiles.MODEL)),
        Files.readAllBytes(directory.resolve(JobFiles.REFERENCE)),
        child.meter().stop(result.cpuSeconds()),
        attempts);
  }

  private Process start(Path directory) throws IOException {
    String libraries = Files.readString(classPathFile).trim();
    Path classes = classPathFile.resolveSibling("classes");
    String classPath = classes + java.io.File.pathSeparator + libraries;
    String arguments =
        String.join(
            "\n",
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-cp",
            "\"" + classPath.replace("\\", "\\\\") + "\"",
            ChildMain.class.getName(),
            "\"" + directory.toString().replace("\\", "\\\\") + "\"");
    Path argumentFile = directory.resolve(JobFiles.ARGUMENTS);
    Files.writeString(argumentFile, arguments);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "@" + argumentFile)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(JobFiles.LOG).toFile());
    builder.environment().putAll(kernelEnvironment());
    return builder.start();
  }

  /** Naming a kernel that the CPU lacks crashes the child, so it is looked up first. */
  private static Map<String, String> kernelEnvironment() {
    try {
      Path info = Path.of("/proc/cpuinfo");
      boolean hasAvx2 = Files.isReadable(info) && Files.readString(info).contains(" avx2");
      return hasAvx2
          ? Map.of(
              "ATEN_CPU_CAPABILITY", "avx2", "MKL_CBWR", "COMPATIBLE", "ONEDNN_MAX_CPU_ISA", "AVX2")
          : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static String reason(int exitCode, Path directory) throws IOException {
    String code =
        switch (exitCode) {
          case KILLED, TERMINATED -> "KILLED twice";
          case SEGMENTATION_FAULT, ABORTED -> "CRASHED twice";
          case 3 -> "OUT_OF_MEMORY";
          default -> "ERROR";
        };
    List<String> lines = Files.readAllLines(directory.resolve(JobFiles.LOG));
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    String cause =
        lines.stream().filter(l -> l.startsWith("Exception in thread")).findFirst().orElse("");
    return code + ": exit code " + exitCode + (cause.isEmpty() ? " " + last : " " + cause);
  }
}
