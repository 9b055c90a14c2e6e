package dev.weir.trainer.job;

import dev.weir.contracts.serde.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs a training job in a JVM of its own: a crash or a leak ends with it. */
public final class ChildProcess {

  static final String JOB = "job.json";
  static final String ROWS = "rows.bin";
  static final String MODEL = "model.onnx";
  static final String RESULT = "result.json";
  private static final String LOG = "child.log";
  private static final int KILLED = 137;
  private static final int LAST_LINES = 5;

  private final Path classPathFile;
  private final Path workDirectory;
  private final Duration limit;

  /**
   * Says where to run.
   *
   * @param classPathFile holds the class path of the dependencies, beside the trainer's {@code
   *     classes}
   * @param workDirectory where a job gets a directory of its own, removed afterwards
   * @param limit wall-clock time after which the child is destroyed
   */
  public ChildProcess(Path classPathFile, Path workDirectory, Duration limit) {
    this.classPathFile = classPathFile;
    this.workDirectory = workDirectory;
    this.limit = limit;
  }

  /** Runs a job to its end; an interrupt destroys the child. */
  public JobOutcome run(JobSpec spec, JobRows rows) throws InterruptedException {
    return run(spec, rows, started -> {});
  }

  JobOutcome run(JobSpec spec, JobRows rows, Consumer<Process> onStart)
      throws InterruptedException {
    try {
      Files.createDirectories(workDirectory);
      Path directory = Files.createTempDirectory(workDirectory.toAbsolutePath(), "job-");
      try {
        Files.write(directory.resolve(JOB), Json.write(spec));
        rows.write(directory.resolve(ROWS));
        Process child = start(directory);
        onStart.accept(child);
        return await(child, directory);
      } finally {
        remove(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a training job needs its work directory", e);
    }
  }

  private JobOutcome await(Process child, Path directory) throws IOException, InterruptedException {
    try {
      if (!child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new JobOutcome.Failed("TIMEOUT after " + limit);
      }
    } finally {
      if (child.isAlive()) {
        child.destroyForcibly().onExit().join();
      }
    }
    int code = child.exitValue();
    if (code == 0 && Files.exists(directory.resolve(RESULT))) {
      JobResult result = Json.read(Files.readAllBytes(directory.resolve(RESULT)), JobResult.class);
      return new JobOutcome.Trained(result, Files.readAllBytes(directory.resolve(MODEL)));
    }
    return new JobOutcome.Failed(reason(code, directory.resolve(LOG)));
  }

  private static String reason(int code, Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    String kind = "";
    if (text.contains("OutOfMemoryError")) {
      kind = " (out of memory)";
    } else if (code == KILLED) {
      kind = " (killed, SIGKILL)";
    }
    List<String> lines = text.lines().filter(line -> !line.startsWith("\tat ")).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    return "exit code " + code + kind + ": " + String.join(" | ", last);
  }

  private Process start(Path directory) throws IOException {
    Path classes = classPathFile.toAbsolutePath().resolveSibling("classes");
    String path = classes + File.pathSeparator + Files.readString(classPathFile).trim();
    List<String> lines =
        List.of(
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-cp",
            quoted(path),
            "dev.weir.trainer.job.ChildMain",
            quoted(directory.toString()));
    Path arguments = Files.write(directory.resolve("arguments"), lines);
    String java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    ProcessBuilder builder = new ProcessBuilder(java, "@" + arguments);
    Map<String, String> environment = builder.environment();
    environment.put("MKL_CBWR", "COMPATIBLE");
    environment.put("ONEDNN_MAX_CPU_ISA", "AVX2");
    if (hasAvx2()) {
      environment.put("ATEN_CPU_CAPABILITY", "avx2");
    }
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(LOG).toFile())
        .start();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\") + '"';
  }

  private static boolean hasAvx2() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
    } catch (IOException elsewhere) {
      return false;
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
