package dev.weir.serving;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.certificate.Keys;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Deployment.Change;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.serving.live.ArtifactSource;
import dev.weir.serving.live.ModelLoader;
import dev.weir.serving.live.Scorer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Certified versions whose score is a constant, and that fail when used after they were closed. */
public final class Models implements ArtifactSource {
  public static final String MODEL = "late";
  public static final Instant START = Instant.parse("2024-01-10T00:00:00Z");
  public static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          """
          model: late
          version: 1
          events:
            features: {topic: flights, id: id, time: at, entity: plane}
            labels: {topic: arrivals, id: id, time: at, value: late}
          features:
            - {name: distance, type: number}
            - {name: carrier, type: category, values: [AA, UA]}
            - {name: rate, type: knownLabelRate, window: PT24H}
          training: {network: {hidden: [4]}}
          triggers:
            volume: {examples: 100}
            drift: {}
          rollout: {promoteAtEvidence: 20, mostShadowLabels: 200}
          """);

  public final KeyPair keys = Keys.generate();
  public final AtomicInteger open = new AtomicInteger();
  private final Map<String, Files> files = new ConcurrentHashMap<>();

  public ModelLoader loader() {
    return new ModelLoader(
        this,
        new CertificateVerifier(Map.of(Keys.id(keys.getPublic()), keys.getPublic())),
        this::open);
  }

  /** Adds the files of a version that scores every row with one number. */
  public Deployment.Slot version(int version, double score) {
    return version(version, score, SPEC.digest());
  }

  /** Adds the files of a version of some spec. */
  public Deployment.Slot version(int version, double score, String specDigest) {
    byte[] onnx = Double.toString(score).getBytes(StandardCharsets.UTF_8);
    byte[] manifest =
        ("{\"seed\":"
                + version
                + ",\"decisionThreshold\":0.5,\"baseRate\":0.5,"
                + "\"featureNames\":[],\"kernel\":{},\"metrics\":{}}")
            .getBytes(StandardCharsets.UTF_8);
    files.put("run-" + version, new Files(onnx, manifest));
    Certificate certificate =
        Certificate.of(
            Sha256.hex(onnx),
            Sha256.hex(manifest),
            new Certificate.Predicate(
                MODEL,
                version,
                "request-" + version,
                specDigest,
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
                START));
    Envelope envelope = Envelope.sign(certificate, Keys.id(keys.getPublic()), keys.getPrivate());
    return new Deployment.Slot(version, "run-" + version, envelope, START);
  }

  /** Changes one bit of a version's model file. */
  public void flip(int version) {
    files.computeIfPresent(
        "run-" + version,
        (run, old) -> {
          byte[] onnx = old.onnx().clone();
          onnx[0] ^= 1;
          return new Files(onnx, old.manifest());
        });
  }

  /** Takes a version's files away. */
  public void remove(int version) {
    files.remove("run-" + version);
  }

  public static Deployment deployment(
      long sequence, Deployment.@Nullable Slot champion, Deployment.@Nullable Slot challenger) {
    return new Deployment(
        MODEL, sequence, champion, challenger, Change.PROMOTED, 0, "r", "test", START);
  }

  @Override
  public Files fetch(String runId) throws IOException {
    Files found = files.get(runId);
    if (found == null) {
      throw new IOException("no files of " + runId);
    }
    return found;
  }

  private Scorer open(byte[] onnx) {
    double score = Double.parseDouble(new String(onnx, StandardCharsets.UTF_8));
    open.incrementAndGet();
    return new Constant(score);
  }

  private final class Constant implements Scorer {
    private final double score;
    private volatile boolean isClosed;

    Constant(double score) {
      this.score = score;
    }

    @Override
    public double[] positive(float[][] rows) {
      double[] scores = new double[rows.length];
      for (int i = 0; i < scores.length; i++) {
        if (isClosed) {
          throw new IllegalStateException("used after close");
        }
        scores[i] = score;
      }
      return scores;
    }

    @Override
    public void close() {
      isClosed = true;
      open.decrementAndGet();
    }
  }
}
