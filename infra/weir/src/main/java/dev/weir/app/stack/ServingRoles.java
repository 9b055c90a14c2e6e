package dev.weir.app.stack;

import dev.weir.app.driver.Follower;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.serving.live.DeploymentFeed;
import dev.weir.serving.live.LiveModels;
import dev.weir.serving.live.ModelLoader;
import dev.weir.serving.live.OnnxScoring;
import dev.weir.serving.live.RegistryArtifacts;
import dev.weir.serving.publish.KafkaOutlet;
import dev.weir.serving.publish.TopicReader;
import dev.weir.serving.rollout.RegistryAliases;
import dev.weir.serving.rollout.RolloutWorker;
import dev.weir.serving.stream.StreamScorer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The serving tier's roles in this process: stream scoring, rollout, and what is live. */
final class ServingRoles implements AutoCloseable {
  private static final Duration MAX_HANDLING = Duration.ofMinutes(5);

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final LiveModels live;
  private final DeploymentFeed feed;
  private final KafkaOutlet outlet;
  private final KafkaOutlet restOutlet;
  private final Follower scoring;
  private final Follower rollout;
  private final List<RecordLoop> loops;

  ServingRoles(
      SpecSuccession specs,
      TopicNames names,
      Map<String, Object> client,
      ModelRegistry registry,
      CertificateVerifier verifier) {
    String prefix = StackSettings.PREFIX;
    ModelLoader loader =
        new ModelLoader(new RegistryArtifacts(registry), verifier, OnnxScoring::open);
    this.live = new LiveModels(loader, meters);
    this.outlet = new KafkaOutlet(prefix, client, meters);
    this.restOutlet = new KafkaOutlet(prefix, client, meters);
    this.feed = new DeploymentFeed(prefix, client, live);
    List<TopicNames> encoded = specs.running().stream().map(each -> each.names(names)).toList();
    StreamScorer scorer = new StreamScorer(encoded, live, feed::catchUp, outlet, meters);
    RolloutWorker worker =
        new RolloutWorker(
            prefix,
            List.of(SpecSuccession.specOf(specs.live())),
            loader,
            outlet,
            new RegistryAliases(registry),
            meters);
    worker.restore(new TopicReader(client), RolloutWorker.NAME);
    RecordLoop scoringLoop =
        new RecordLoop("serving-stream", scorer.topics(), client, MAX_HANDLING, scorer);
    RecordLoop rolloutLoop =
        new RecordLoop(RolloutWorker.NAME, worker.topics(), client, MAX_HANDLING, worker);
    this.scoring = new Follower(scoringLoop, Set.copyOf(scorer.topics()), scoringLoop::failure);
    this.rollout = new Follower(rolloutLoop, Set.copyOf(worker.topics()), rolloutLoop::failure);
    this.loops = List.of(scoringLoop, rolloutLoop);
  }

  void start() {
    feed.catchUp();
    feed.start();
    loops.forEach(RecordLoop::start);
  }

  MeterRegistry meters() {
    return meters;
  }

  LiveModels live() {
    return live;
  }

  KafkaOutlet restOutlet() {
    return restOutlet;
  }

  List<Follower> followers() {
    return List.of(scoring, rollout);
  }

  @Override
  public void close() {
    loops.forEach(RecordLoop::close);
    feed.close();
    live.close();
    restOutlet.close();
    outlet.close();
  }
}
