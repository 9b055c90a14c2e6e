package dev.weir.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.certificate.Keys;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingModelTest {
  private static final String BY_GROUP =
      """
      {"decisionThreshold": 0.5, "baseRate": 0.3, "featureNames": [], "kernel": {}, "metrics": {},
       "mitigation": {
         "order": {"method": "groupThresholds", "groups": "side", "metric": "SELECTION_RATE",
           "parentRequestId": "r", "parentVersion": 1, "parentRunId": "run"},
         "thresholds": {"up": 0.7}}}
      """;

  private final KeyPair keys = Keys.generate();

  @Test
  void aRowIsSelectedByTheThresholdOfItsGroupIfThereIsOne() throws IOException {
    ServingModel model = load(BY_GROUP);
    assertThat(model.selects(0.6, Map.of("side", "up"))).isFalse();
    assertThat(model.selects(0.7, Map.of("side", "up"))).isTrue();
    assertThat(model.selects(0.6, Map.of("side", "down"))).isTrue();
    assertThat(model.selects(0.5, Map.of())).isTrue();
    assertThat(model.selects(0.49, Map.of())).isFalse();
  }

  @Test
  void aCertifiedManifestThatCannotBeReadDoesNotServe() {
    assertThatThrownBy(() -> load("{\"decisionThreshold\": 2}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the certified manifest cannot be read");
  }

  private ServingModel load(String text) throws IOException {
    byte[] onnx = {1};
    byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
    Certificate.Predicate predicate =
        new Certificate.Predicate(
            "m",
            2,
            "r",
            "spec",
            "p",
            "d",
            new Verdict.Pass(List.of()),
            1,
            null,
            List.of(),
            List.of(),
            null,
            null,
            "",
            null,
            "",
            "",
            Instant.EPOCH);
    Certificate certificate = Certificate.of(Sha256.hex(onnx), Sha256.hex(manifest), predicate);
    Envelope envelope = Envelope.sign(certificate, Keys.id(keys.getPublic()), keys.getPrivate());
    ModelLoader loader =
        new ModelLoader(
            run -> new ArtifactSource.Files(onnx, manifest),
            new CertificateVerifier(Map.of(Keys.id(keys.getPublic()), keys.getPublic())),
            bytes -> new NoScorer());
    return loader.load("m", new Deployment.Slot(2, "run", envelope, Instant.EPOCH));
  }

  private static final class NoScorer implements Scorer {
    @Override
    public double[] positive(float[][] rows) {
      throw new AssertionError("nothing is scored here");
    }

    @Override
    public void close() {}
  }
}
