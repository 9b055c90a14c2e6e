package dev.weir.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is alone: its own controller, every internal topic kept once. */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String BROKER_LISTENER = "BROKER";
  private static final String MAX_MESSAGE_BYTES = Integer.toString(8 * 1024 * 1024);

  /** As is Kafka's default, 24 bytes for each key of a changelog that is cleaned at once. */
  private static final long MOST_CLEANER_BYTES = 128 * 1024 * 1024;

  private static final int CLEANER_PART_OF_HEAP = 16;

  private BrokerProperties() {}

  /**
   * Returns the settings for one start.
   *
   * <p>The quorum is the static kind: a dynamic one writes the controller's address into the data
   * directory, and the next start on another port would look for it in vain.
   */
  static Map<String, String> of(Path dataDir, int brokerPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    addListeners(settings, brokerPort, controllerPort);
    addInternalTopics(settings);
    settings.put("log.dirs", dataDir.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", MAX_MESSAGE_BYTES);
    settings.put("replica.fetch.max.bytes", MAX_MESSAGE_BYTES);
    // Records carry event time, which a replay may set anywhere; the pipeline judges it (maxAhead).
    settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", Long.toString(cleanerBytes()));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    return settings;
  }

  /** With too few, a large changelog is copied again and again, some of its keys at a time. */
  private static long cleanerBytes() {
    return Math.min(MOST_CLEANER_BYTES, Runtime.getRuntime().maxMemory() / CLEANER_PART_OF_HEAP);
  }

  private static void addListeners(Map<String, String> settings, int brokerPort, int controller) {
    String brokerAddress = BROKER_LISTENER + "://" + address(brokerPort);
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "listeners", brokerAddress + "," + CONTROLLER_LISTENER + "://" + address(controller));
    settings.put("advertised.listeners", brokerAddress);
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + address(controller));
  }

  private static void addInternalTopics(Map<String, String> settings) {
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("default.replication.factor", "1");
    settings.put("num.partitions", "1");
  }

  static String address(int port) {
    return "127.0.0.1:" + port;
  }
}
