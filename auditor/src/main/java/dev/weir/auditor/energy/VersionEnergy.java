package dev.weir.auditor.energy;

import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.model.energy.ScoringEnergy;
import org.jspecify.annotations.Nullable;

/**
 * What one version takes.
 *
 * @param trainingJoules energy of its training, as the manifest states it
 * @param trainingMethod how that figure came about
 * @param trainingScope what it covers, in words
 * @param scoring energy of scoring; null when there were no rows to score
 * @param modelBytes size of the model file
 */
public record VersionEnergy(
    double trainingJoules,
    EnergyMethod trainingMethod,
    String trainingScope,
    @Nullable ScoringEnergy scoring,
    long modelBytes) {
  /** Returns what an artifact takes whose scoring was metered. */
  public static VersionEnergy of(ModelArtifact artifact, @Nullable ScoringEnergy scoring) {
    ModelManifest manifest = artifact.manifest();
    return new VersionEnergy(
        manifest.energyJoules(),
        manifest.energyMethod(),
        manifest.energyScope(),
        scoring,
        artifact.onnx().length);
  }
}
