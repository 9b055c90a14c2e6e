package dev.weir.model.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.artifact.Compression.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelManifestTest {
  /** As an earlier version wrote it. */
  private static final String PLAIN =
      """
      {"model":"late","requestId":"r-1","specDigest":"spec","onnxDigest":"onnx",\
      "featureNames":["x"],"decisionThreshold":0.5,"baseRate":0.2,"trainingRows":100,\
      "evaluationRows":40,"trainingRowsDigest":"rows","seed":1,"weightsDigest":"weights",\
      "codeVersion":"0.1","kernel":{},"energyJoules":8.0,"energyMethod":"ESTIMATED",\
      "energyScope":"test","metrics":{},"createdAt":"1970-01-01T00:00:00Z"}""";

  private static final String COMPRESSED =
      PLAIN.substring(0, PLAIN.length() - 1)
          + """
          ,"compression":{"methods":["pruned","differentiallyPrivate"],"parentVersion":3,\
          "parentRunId":"run-3","parentOnnxDigest":"parent"}}""";

  @Test
  void aManifestWithoutCompressionIsReadAndWrittenAsBefore() {
    ModelManifest manifest = ModelManifest.parse(PLAIN.getBytes(UTF_8));
    assertThat(manifest.compression()).isNull();
    assertThat(new String(manifest.toJson(), UTF_8)).isEqualTo(PLAIN);
  }

  @Test
  void aCompressionComesBackAsItWasWritten() {
    ModelManifest manifest = ModelManifest.parse(COMPRESSED.getBytes(UTF_8));
    assertThat(manifest.compression())
        .isEqualTo(
            new Compression(
                List.of(Method.PRUNED, Method.DIFFERENTIALLY_PRIVATE), 3, "run-3", "parent"));
    assertThat(new String(manifest.toJson(), UTF_8)).isEqualTo(COMPRESSED);
  }

  @Test
  void aMethodThatNobodyKnowsIsACorruptManifest() {
    byte[] unknown = COMPRESSED.replace("pruned", "shrunk").getBytes(UTF_8);
    assertThatThrownBy(() -> ModelManifest.parse(unknown))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.code()).isEqualTo(ModelException.Code.ARTIFACT_CORRUPT));
  }

  @Test
  void aCompressionNamesAMethodAndAParent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Compression(List.of(), 1, "run", "digest"))
        .withMessageContaining("need a method");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Compression(List.of(Method.PRUNED), 0, "run", "digest"));
  }
}
