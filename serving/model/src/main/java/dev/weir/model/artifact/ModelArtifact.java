package dev.weir.model.artifact;

import dev.weir.model.artifact.ModelException.Code;
import dev.weir.model.registry.ModelRegistry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model's ONNX file with its manifest; the file's digest is the one the manifest states. */
public final class ModelArtifact {
  /** Where the graph lies among a run's artifacts. */
  public static final String ONNX_PATH = "model/model.onnx";

  /** Where the manifest lies among a run's artifacts. */
  public static final String MANIFEST_PATH = "model/manifest.json";

  /** Where the profile of the training rows lies among a run's artifacts. */
  public static final String REFERENCE_PATH = "model/reference.json";

  /** Where the rows that explanations average over lie among a run's artifacts. */
  public static final String BACKGROUND_PATH = "model/background.csv";

  private final ModelManifest manifest;
  private final byte[] onnx;
  private final byte[] manifestBytes;

  private ModelArtifact(ModelManifest manifest, byte[] onnx, byte[] manifestBytes) {
    this.manifest = manifest;
    this.onnx = onnx;
    this.manifestBytes = manifestBytes;
  }

  /** Returns the artifact of these bytes, or fails with ARTIFACT_CORRUPT. */
  public static ModelArtifact of(byte[] onnx, byte[] manifestBytes) {
    ModelManifest manifest = ModelManifest.parse(manifestBytes);
    String actual = sha256(onnx);
    if (!actual.equals(manifest.onnxDigest())) {
      throw new ModelException(
          Code.ARTIFACT_CORRUPT,
          "onnx digest is " + actual + ", the manifest states " + manifest.onnxDigest());
    }
    return new ModelArtifact(manifest, onnx.clone(), manifestBytes.clone());
  }

  /** Returns the verified artifact of a run. */
  public static ModelArtifact load(ModelRegistry registry, String runId) {
    return of(registry.download(runId, ONNX_PATH), registry.download(runId, MANIFEST_PATH));
  }

  /**
   * Returns the profile of the training rows of a run, whose digest its manifest states; nothing
   * where the manifest states none.
   */
  public Optional<byte[]> loadReference(ModelRegistry registry, String runId) {
    return loadBeside(registry, runId, REFERENCE_PATH, manifest.referenceDigest());
  }

  /**
   * Returns the rows that explanations of a run average over, as CSV, whose digest its manifest
   * states; nothing where the manifest states none.
   */
  public Optional<byte[]> loadBackground(ModelRegistry registry, String runId) {
    return loadBeside(registry, runId, BACKGROUND_PATH, manifest.backgroundDigest());
  }

  private static Optional<byte[]> loadBeside(
      ModelRegistry registry, String runId, String path, @Nullable String stated) {
    if (stated == null) {
      return Optional.empty();
    }
    byte[] content = registry.download(runId, path);
    String actual = sha256(content);
    if (!actual.equals(stated)) {
      throw new ModelException(
          Code.ARTIFACT_CORRUPT,
          path + " has digest " + actual + ", the manifest states " + stated);
    }
    return Optional.of(content);
  }

  /** Stores the model and its manifest with a run. */
  public void save(ModelRegistry registry, String runId) {
    registry.upload(runId, ONNX_PATH, onnx);
    registry.upload(runId, MANIFEST_PATH, manifestBytes);
  }

  /** Returns the manifest. */
  public ModelManifest manifest() {
    return manifest;
  }

  /** Returns a copy of the ONNX file. */
  public byte[] onnx() {
    return onnx.clone();
  }

  /** Returns a copy of the manifest as stored. */
  public byte[] manifestBytes() {
    return manifestBytes.clone();
  }

  /** Returns the SHA-256 of the bytes in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
