package dev.weir.serving.live;

import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.publish.Follower;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, Deployment> unloaded = new HashMap<>();

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
            this::retry);
  }

  /** Follows the topic in a thread of its own. */
  public void start() {
    follower.start();
  }

  /** Returns when all that is on the topic now is applied. */
  public void catchUp() {
    follower.catchUp();
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      apply(Json.read(record.value(), Deployment.class));
    } catch (IllegalArgumentException e) {
      log.error("deployment record unreadable offset={}", record.offset(), e);
    }
  }

  private void retry() {
    List.copyOf(unloaded.values()).forEach(this::apply);
  }

  private void apply(Deployment deployment) {
    unloaded.remove(deployment.model());
    try {
      live.apply(deployment);
    } catch (CertificateException e) {
      log.error(
          "version refused model={} version={} reason={}",
          deployment.model(),
          deployment.changedVersion(),
          e.getMessage());
    } catch (IOException | RuntimeException e) {
      unloaded.put(deployment.model(), deployment);
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
