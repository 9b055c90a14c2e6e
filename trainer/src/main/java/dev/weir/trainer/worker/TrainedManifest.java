package dev.weir.trainer.worker;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.energy.EnergyReading;
import dev.weir.trainer.dataset.TrainingSet;
import dev.weir.trainer.job.JobOutcome;
import dev.weir.trainer.job.JobResult;
import java.util.Map;
import java.util.TreeMap;

/** The manifest of a trained model. */
final class TrainedManifest {
  private static final String CODE_VERSION = "0.1.0-SNAPSHOT";

  private TrainedManifest() {}

  static ModelManifest of(
      ModelSpec spec,
      TrainingRequest request,
      TrainingSet set,
      JobOutcome.Trained job,
      byte[] background) {
    JobResult result = job.result();
    EnergyReading energy = job.energy();
    Map<String, Double> metrics = new TreeMap<>(result.metrics());
    metrics.put("joules", energy.joules());
    metrics.put("cpuSeconds", result.cpuSeconds());
    metrics.put("attempts", (double) job.attempts());
    metrics.put("trainingRows", (double) set.examples().size());
    metrics.put("otherSpecRows", (double) set.otherSpec());
    return new ModelManifest(
        spec.model(),
        request.requestId(),
        spec.digest(),
        Sha256.hex(job.onnx()),
        spec.featureNames(),
        spec.decisionThreshold().resolve(result.baseRate()),
        result.baseRate(),
        set.examples().size(),
        set.heldOut(),
        set.digest(),
        request.seed(),
        result.weightsDigest(),
        CODE_VERSION,
        result.kernel(),
        energy.joules(),
        energy.method(),
        scope(job),
        metrics,
        Sha256.hex(job.reference()),
        Sha256.hex(background),
        request.requestedAt(),
        null,
        null);
  }

  private static String scope(JobOutcome.Trained job) {
    String scope = job.energy().scope();
    return job.attempts() == 1 ? scope : scope + "; the killed child before it not counted";
  }
}
