package dev.weir.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, its own controller) in this process, reachable from this machine
 * only.
 *
 * <p>It has no replicas, no authentication and no encryption: it serves tests, the demo and one
 * machine. A second start on the same directory finds the topics and records of the first, on
 * whatever port. Safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int ATTEMPTS_ON_ANY_PORT = 3;

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Returns a broker that accepts connections on 127.0.0.1.
   *
   * @param dataDir where topics are kept; created if absent, reused if it holds a broker's data
   * @param port the port to listen on, or 0 for any that is free
   * @throws BrokerException if the port is taken, another broker uses the directory, or the broker
   *     does not start
   */
  public static EmbeddedBroker start(Path dataDir, int port) {
    DataDirectory.prepare(dataDir.toAbsolutePath());
    if (port != 0) {
      FreePorts.requireFree(port);
      return startOn(dataDir, port, FreePorts.two()[0]);
    }
    for (int attempt = 1; ; attempt++) {
      int[] ports = FreePorts.two();
      try {
        return startOn(dataDir, ports[0], ports[1]);
      } catch (BrokerException e) {
        // Between asking for a free port and binding it, another process may have taken it.
        if (attempt == ATTEMPTS_ON_ANY_PORT) {
          throw e;
        }
      }
    }
  }

  /** Returns the address that clients connect to, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and waits until its files are closed; a second call does nothing. */
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      server.shutdown();
      server.awaitShutdown();
      log.info("broker stopped address={}", bootstrapServers);
    }
  }

  private static EmbeddedBroker startOn(Path dataDir, int port, int controllerPort) {
    Map<String, String> settings =
        BrokerProperties.of(dataDir.toAbsolutePath(), port, controllerPort);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (KafkaException e) {
      server.shutdown();
      throw new BrokerException("the broker does not start on port " + port, e);
    }
    String address = BrokerProperties.address(port);
    log.info("broker started address={} directory={}", address, dataDir);
    return new EmbeddedBroker(server, address);
  }
}
