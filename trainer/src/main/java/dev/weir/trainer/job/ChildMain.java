package dev.weir.trainer.job;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.weir.contracts.feature.FeatureLayout.Column;
import dev.weir.contracts.serde.Json;
import dev.weir.model.artifact.ModelArtifact;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The child: reads a directory with a job, trains, writes model and result beside it. */
public final class ChildMain {

  private static final int PARITY_ROWS = 1000;
  private static final double PARITY = 1e-5;

  private ChildMain() {}

  /** Runs the job in the directory named by the only argument. */
  public static void main(String[] arguments) throws IOException, OrtException {
    Path directory = Path.of(arguments[0]);
    JobSpec spec =
        Json.read(Files.readAllBytes(directory.resolve(ChildProcess.JOB)), JobSpec.class);
    JobRows rows = JobRows.read(directory.resolve(ChildProcess.ROWS));
    Engine engine = Engine.getInstance();
    engine.setRandomSeed((int) spec.seed());
    try (NDManager manager = NDManager.newBaseManager()) {
      Fit fit = new Fit(manager, spec, rows);
      fit.run();
      byte[] onnx =
          OnnxWriter.write(fit.preprocessing(), fit.network().folded(), spec.columns().size());
      double parity = parity(fit, onnx, probes(spec, rows));
      if (!(parity <= PARITY)) {
        throw new IllegalStateException("the ONNX model differs by " + parity);
      }
      write(directory.resolve(ChildProcess.MODEL), onnx);
      write(directory.resolve(ChildProcess.RESULT), Json.write(result(fit, parity, engine)));
    }
  }

  private static JobResult result(Fit fit, double parity, Engine engine) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("trainLoss", fit.trainLoss());
    metrics.put("validationLoss", fit.validationLoss());
    metrics.put("epochs", (double) fit.epochs());
    metrics.put("onnxParity", parity);
    Map<String, String> kernel = new TreeMap<>();
    kernel.put("arch", System.getProperty("os.arch", ""));
    kernel.put("engine", engine.getEngineName() + " " + engine.getVersion());
    for (String name : List.of("ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA")) {
      kernel.put(name, System.getenv().getOrDefault(name, ""));
    }
    return new JobResult(metrics, fit.baseRate(), digest(fit.network()), kernel, cpuSeconds());
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getProcessCpuTime()
        / 1e9;
  }

  private static String digest(Network network) {
    List<float[]> state = network.copy();
    ByteBuffer bytes = ByteBuffer.allocate(state.stream().mapToInt(a -> 4 * a.length).sum());
    state.forEach(
        array -> {
          for (float value : array) {
            bytes.putInt(Float.floatToIntBits(value));
          }
        });
    return ModelArtifact.sha256(bytes.array());
  }

  /** Training rows, some with a missing number or a code nobody has seen. */
  private static float[][] probes(JobSpec spec, JobRows rows) {
    SplittableRandom random = new SplittableRandom(spec.seed() + 7);
    float[][] probes = new float[PARITY_ROWS][];
    for (int i = 0; i < PARITY_ROWS; i++) {
      probes[i] = rows.features()[random.nextInt(rows.features().length)].clone();
      for (int c = 0; c < probes[i].length; c++) {
        if (random.nextInt(10) == 0) {
          Column column = spec.columns().get(c);
          probes[i][c] =
              column.isCategory() ? random.nextInt(2) * (column.cardinality() + 1) : Float.NaN;
        }
      }
    }
    return probes;
  }

  private static double parity(Fit fit, byte[] onnx, float[][] probes) throws OrtException {
    float[] expected = fit.score(probes);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input = OnnxTensor.createTensor(environment, probes);
        OrtSession.Result output = session.run(Map.of("features", input))) {
      float[][] actual = (float[][]) output.get(0).getValue();
      double worst = 0;
      for (int i = 0; i < probes.length; i++) {
        double difference = Math.abs(expected[i] - actual[i][1]);
        worst = difference <= worst ? worst : difference;
      }
      return worst;
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    Files.write(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
