package dev.weir.trainer.job;

import ai.djl.engine.Engine;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.trainer.export.OnnxExport;
import dev.weir.trainer.network.Layer;
import dev.weir.trainer.network.MlpTrainer;
import dev.weir.trainer.network.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The main class of a training child: reads a directory, trains, writes its result there. */
public final class ChildMain {
  private static final int PARITY_ROWS = 1000;
  private static final double PARITY = 1e-5;
  private static final int ORPHANED = 4;

  private ChildMain() {}

  /** Runs the job in the directory that is the only argument; a thrown exception is the failure. */
  public static void main(String[] args) throws IOException {
    endWithTheParent();
    Path directory = Path.of(args[0]);
    JobSpec job = Json.read(Files.readAllBytes(directory.resolve(JobFiles.JOB)), JobSpec.class);
    Rows rows = Rows.read(directory.resolve(JobFiles.ROWS));
    Files.createFile(directory.resolve(JobFiles.BEGUN));
    FairFits.Kept kept = train(job, rows);
    TrainedNetwork network = kept.network();
    byte[] onnx = OnnxExport.write(network);
    double gap;
    try (OnnxScorer scorer = OnnxScorer.open(onnx)) {
      gap = Math.max(network.foldGap(), parityGap(network, scorer, rows, job.seed()));
      requireParity(gap);
      Files.write(
          directory.resolve(JobFiles.REFERENCE), Json.write(profile(job.layout(), scorer, rows)));
    }
    Files.write(directory.resolve(JobFiles.MODEL), onnx);
    writeResult(directory, result(kept, rows, gap));
  }

  private static FairFits.Kept train(JobSpec job, Rows rows) {
    JobSpec.Fairness fairness = job.fairness();
    return fairness == null
        ? new FairFits.Kept(plain(job, rows), Map.of())
        : FairFits.train(job, fairness, rows);
  }

  private static TrainedNetwork plain(JobSpec job, Rows rows) {
    return new MlpTrainer(
            job.layout(),
            job.training(),
            job.seed(),
            rows.features(),
            rows.labels(),
            rows.weights())
        .train();
  }

  /**
   * The parent holds the other end of the standard input and never writes. Its end of file says
   * that the parent is gone, so that nobody would take the result: the job is taken up anew.
   */
  private static void endWithTheParent() {
    Thread watch =
        new Thread(
            () -> {
              try (InputStream parent = System.in) {
                parent.transferTo(OutputStream.nullOutputStream());
              } catch (IOException broken) {
                // A broken pipe says the same as its end.
              }
              Runtime.getRuntime().halt(ORPHANED);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void requireParity(double gap) {
    if (!(gap <= PARITY)) {
      throw new IllegalStateException(
          "the ONNX file differs from the engine by "
              + gap
              + ", at most "
              + PARITY
              + " is allowed");
    }
  }

  /** The profile is of the file's own scores, because that is what serves. */
  private static ReferenceProfile profile(FeatureLayout layout, OnnxScorer scorer, Rows rows) {
    double[] labels = new double[rows.labels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels()[i];
    }
    List<FeatureVector> vectors = Arrays.stream(rows.features()).map(FeatureVector::of).toList();
    return ReferenceProfile.of(layout, vectors, scorer.positive(rows.features()), labels);
  }

  /** The largest difference on training rows, some values missing and some codes unseen. */
  private static double parityGap(TrainedNetwork network, OnnxScorer scorer, Rows rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] sample = new float[PARITY_ROWS][];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = rows.features()[random.nextInt(rows.features().length)].clone();
      int j = random.nextInt(sample[i].length);
      sample[i][j] = strange(network.preprocessing().columns().get(j), i);
    }
    float[] expected = MlpTrainer.probabilities(network, sample);
    double gap = 0;
    double[] actual = scorer.positive(sample);
    for (int i = 0; i < actual.length; i++) {
      gap = Math.max(gap, Math.abs(actual[i] - expected[i]));
    }
    return gap;
  }

  /** A missing number, or a code that is unseen or that no vocabulary has. */
  private static float strange(FeatureLayout.Column column, int i) {
    if (!column.isCategory()) {
      return Float.NaN;
    }
    return i % 2 == 0 ? 0 : column.cardinality() + 1f;
  }

  private static JobResult result(FairFits.Kept kept, Rows rows, double gap) {
    TrainedNetwork network = kept.network();
    double sum = 0;
    for (float label : rows.labels()) {
      sum += label;
    }
    Map<String, Double> metrics = new TreeMap<>(kept.metrics());
    metrics.put("trainingLogLoss", network.trainingLoss());
    metrics.put("validationLogLoss", network.validationLoss());
    metrics.put("epochs", (double) network.epochs());
    metrics.put("onnxParityGap", gap);
    return new JobResult(
        metrics, sum / rows.labels().length, digest(network), kernel(), cpuSeconds());
  }

  private static String digest(TrainedNetwork network) {
    MessageDigest digest = Sha256.digest();
    for (Layer layer : network.layers()) {
      digest.update(bytes(layer.weight()));
      digest.update(bytes(layer.bias()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length);
    for (float each : values) {
      buffer.putFloat(each);
    }
    return buffer.array();
  }

  private static Map<String, String> kernel() {
    Map<String, String> kernel = new TreeMap<>();
    kernel.put("engine", Engine.getInstance().getEngineName());
    kernel.put("engineVersion", Engine.getInstance().getVersion());
    kernel.put("java", System.getProperty("java.vm.version", ""));
    kernel.put("architecture", System.getProperty("os.arch", ""));
    for (String variable : ChildProcess.KERNEL_VARIABLES) {
      kernel.put(variable, System.getenv().getOrDefault(variable, "not pinned"));
    }
    return kernel;
  }

  private static double cpuSeconds() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  /** The result appears whole or not at all: it is what tells the parent of success. */
  private static void writeResult(Path directory, JobResult result) throws IOException {
    Path part = directory.resolve(JobFiles.PARTIAL_RESULT);
    Files.write(part, Json.write(result));
    Files.move(part, directory.resolve(JobFiles.RESULT), StandardCopyOption.ATOMIC_MOVE);
  }
}
