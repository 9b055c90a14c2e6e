package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.events.Drift;
import dev.weir.testkit.events.Event;
import dev.weir.testkit.events.EventStream;
import dev.weir.testkit.events.StreamRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PSI of live windows of 500 rows against a profile of 2000. */
class StabilityMonitorTest {
  private static final int WINDOW = 500;
  private static final int REFERENCE = 2000;

  @TempDir Path directory;
  private PipelineDriver pipeline;
  private final List<String> alarms = new ArrayList<>();
  private int tick;

  @BeforeEach
  void start() {
    pipeline = PipelineDriver.withWindow(directory, WINDOW);
    List<Event> trained =
        EventStream.of(StreamRules.of(1, REFERENCE, PipelineDriver.START)).events();
    ReferenceProfile profile =
        ReferenceProfile.of(
            FeatureLayout.of(PipelineDriver.windowed(WINDOW)),
            trained.stream().map(e -> FeatureVector.of((float) e.amount(), 0.5f, 0.5f)).toList(),
            trained.stream().mapToDouble(Event::probability).toArray(),
            trained.stream().mapToDouble(Event::label).toArray());
    pipeline.send(Topics.REFERENCES, "small/1", Json.write(profile));
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "r");
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  /** Publishes the features of a stream and what version 1 says of them, then a tick. */
  private Map<String, Signal> play(int seed, int events, Drift drift) {
    StreamRules rules = StreamRules.of(seed, events, PipelineDriver.START).with(drift);
    for (Event event : EventStream.of(rules).events()) {
      String id = seed + event.id();
      String json =
          "{\"id\": \""
              + id
              + "\", \"at\": \""
              + event.time()
              + "\", \"shop\": \"s\", \"amount\": "
              + event.amount()
              + "}";
      pipeline.send("user.features", null, PipelineDriver.bytes(json));
      pipeline.predict(id, 1, ServingRole.CHAMPION, event.probability());
      pipeline.predict(id, 2, ServingRole.SHADOW, 0.99);
    }
    pipeline.tick(++tick);
    Map<String, Signal> signals = new TreeMap<>();
    alarms.clear();
    for (Signal signal : pipeline.read(Topics.SIGNALS, Signal.class)) {
      if (signal.detector().startsWith("psi")) {
        assertThat(signal.isAlarm()).isFalse();
        assertThat(signals.put(signal.signal(), signal)).isNull();
      } else if (signal.isAlarm()) {
        alarms.add(signal.signal());
      }
    }
    return signals;
  }

  private static double fact(Signal signal, String name) {
    return signal.facts().getOrDefault(name, Double.NaN);
  }

  @Test
  void withoutDriftPsiIsWhatChanceGives() {
    Map<String, Signal> signals = play(2, WINDOW, Drift.none());
    assertThat(signals).containsOnlyKeys("amount", "rate", "shopRate", "prediction");
    for (String name : List.of("amount", "prediction")) {
      Signal signal = signals.get(name);
      double scale = 1.0 / REFERENCE + 1.0 / WINDOW;
      double degrees = name.equals("amount") ? 9 : 15;
      assertThat(fact(signal, "psiWithoutDrift")).isCloseTo(degrees * scale, within(1e-12));
      // Four standard deviations of scale · χ².
      assertThat(fact(signal, "excess")).isCloseTo(0, within(4 * scale * Math.sqrt(2 * degrees)));
      assertThat(signal.version()).isEqualTo(1);
      assertThat(signal.eventTime()).isEqualTo(PipelineDriver.at(1));
    }
    assertThat(signals.get("amount").detector()).isEqualTo("psi, reference deciles");
    assertThat(signals.get("prediction").detector()).isEqualTo("psi, steps of 0.05");
  }

  @Test
  void covariateDriftShowsInTheNextWindowAndAsksForNothing() {
    play(2, WINDOW, Drift.none());
    Map<String, Signal> signals = play(3, WINDOW, Drift.abrupt(Drift.What.COVARIATE, 0));
    assertThat(fact(signals.get("amount"), "excess")).isGreaterThan(1);
    assertThat(fact(signals.get("prediction"), "excess")).isGreaterThan(1);
    assertThat(fact(signals.get("amount"), "liveRows")).isEqualTo(WINDOW);
    assertThat(alarms).contains("amount", "prediction");
    assertThat(pipeline.read(Topics.TRAINING_REQUESTS)).isEmpty();
  }

  @Test
  void aWindowIsReportedWhenItIsFull() {
    assertThat(play(2, WINDOW - 1, Drift.none())).isEmpty();
    assertThat(play(3, 1, Drift.none())).hasSize(4);
    assertThat(play(4, 1, Drift.none())).isEmpty();
  }

  @Test
  void aNewChampionIsComparedWithItsOwnProfileOnly() {
    play(2, WINDOW - 1, Drift.none());
    pipeline.deploy("small", Deployment.Change.PROMOTED, 2, "r");
    assertThat(play(3, WINDOW, Drift.none())).isEmpty();
  }
}
