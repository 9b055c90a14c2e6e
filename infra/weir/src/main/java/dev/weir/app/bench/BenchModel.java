package dev.weir.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The model of one run, with a champion, whose profile the monitors compare with.
 *
 * @param spec its spec
 * @param names the names of its topics
 */
record BenchModel(ModelSpec spec, TopicNames names) {
  private static final String SPEC = "/bench/weir.yaml";
  private static final int PROFILE_ROWS = 2_000;
  private static final Envelope UNSIGNED = new Envelope("none", "e30=", List.of());

  /** Returns the model of the run with this name. */
  static BenchModel of(String name) {
    try (var in = BenchModel.class.getResourceAsStream(SPEC)) {
      if (in == null) {
        throw new IllegalStateException(SPEC + " is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("MODEL", name);
      return new BenchModel(SpecReader.parse(SPEC, text), new TopicNames("weir-" + name, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> userTopics() {
    return List.of(spec.events().features().topic(), spec.events().labels().topic());
  }

  /** Returns version 1 as champion; nobody but the pipeline reads it, which checks no signature. */
  Deployment champion(Instant at) {
    return new Deployment(
        spec.model(),
        1,
        new Deployment.Slot(1, "bench", UNSIGNED, at),
        null,
        Deployment.Change.PROMOTED,
        1,
        "bench",
        "benchmark",
        at);
  }

  /** Returns the profile of events as the stream has them. */
  ReferenceProfile profile(long seed, Instant at) throws InterruptedException {
    FeatureEncoder encoder = new FeatureEncoder(spec);
    SplittableRandom random = new SplittableRandom(seed);
    List<FeatureVector> rows = new ArrayList<>();
    new BenchEvents(seed, PROFILE_ROWS, at)
        .each(
            (isLabel, id, json) -> {
              if (!isLabel) {
                rows.add(
                    encoder.encode(Json.read(json, JsonNode.class), at, derived -> Double.NaN));
              }
            });
    double[] predictions = random.doubles(rows.size()).toArray();
    double[] labels = random.doubles(rows.size()).map(Math::rint).toArray();
    return ReferenceProfile.of(FeatureLayout.of(spec), rows, predictions, labels);
  }
}
