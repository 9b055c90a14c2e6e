package dev.weir.serving.live;

import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.publish.Follower;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes live what the topic {@code deployments} says. Every replica reads all of it, outside any
 * consumer group. Files that cannot be had are asked for again; a refused version is not.
 */
public final class DeploymentFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeploymentFeed.class);

  private final LiveModels live;
  private final Follower follower;

  /** The last record of each model that is not applied yet. */
  private final Map<String, Deployment> waiting = new ConcurrentHashMap<>();

  /**
   * Creates a feed; {@link #start()} lets it follow by itself.
   *
   * @param prefix first part of the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param live what it changes
   */
  public DeploymentFeed(String prefix, Map<String, Object> client, LiveModels live) {
    this.live = live;
    this.follower =
        new Follower(
            "serving-deployments",
            client,
            List.of(Topics.DEPLOYMENTS.name(prefix, "")),
            this::read,
            this::applyWaiting);
  }

  /** Follows the topic in a thread of its own. */
  public void start() {
    follower.start();
  }

  /** Returns when the last record of each model that is on the topic now is applied. */
  public void catchUp() {
    follower.catchUp();
    applyWaiting();
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      Deployment deployment = Json.read(record.value(), Deployment.class);
      waiting.put(deployment.model(), deployment);
    } catch (IllegalArgumentException e) {
      log.error("deployment record unreadable offset={}", record.offset(), e);
    }
  }

  /** An overtaken record is never applied: at a start it would serve what was replaced long ago. */
  private synchronized void applyWaiting() {
    for (String model : Set.copyOf(waiting.keySet())) {
      Deployment deployment = waiting.remove(model);
      if (deployment != null) {
        apply(deployment);
      }
    }
  }

  private void apply(Deployment deployment) {
    try {
      live.apply(deployment);
    } catch (CertificateException e) {
      log.error(
          "version refused model={} version={} reason={}",
          deployment.model(),
          deployment.changedVersion(),
          e.getMessage());
    } catch (IOException | RuntimeException e) {
      waiting.putIfAbsent(deployment.model(), deployment);
      log.warn(
          "version not loaded, will be tried again model={} version={}",
          deployment.model(),
          deployment.changedVersion(),
          e);
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
