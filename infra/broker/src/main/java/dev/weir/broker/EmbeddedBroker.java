package dev.weir.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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
 * <p>It has no replicas, no encryption and, but for the users that it is started with, no
 * authentication: it serves tests, the demo and one machine. A second start on the same directory
 * finds the topics and records of the first, on whatever port. Safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int ATTEMPTS_ON_ANY_PORT = 3;

  private final Departure departure;
  private final String bootstrapServers;
  private final NamedUsers users;
  private final int usersPort;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private EmbeddedBroker(
      Departure departure, String bootstrapServers, NamedUsers users, int usersPort) {
    this.departure = departure;
    this.bootstrapServers = bootstrapServers;
    this.users = users;
    this.usersPort = usersPort;
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
    return start(dataDir, port, Set.of());
  }

  /**
   * Returns a broker that also knows some users by name, whom access lists can keep from topics.
   *
   * <p>Everybody else may do everything, as before, access lists included; a named user may do what
   * no access list of a resource forbids. {@link #clientOf} has what they connect with.
   *
   * @param dataDir as in {@link #start(Path, int)}
   * @param port as in {@link #start(Path, int)}
   * @param userNames letters and digits each; access lists call them {@code User:NAME}
   * @throws BrokerException as {@link #start(Path, int)}
   */
  public static EmbeddedBroker start(Path dataDir, int port, Set<String> userNames) {
    NamedUsers users = NamedUsers.of(userNames);
    DataDirectory.prepare(dataDir.toAbsolutePath());
    if (port != 0) {
      FreePorts.requireFree(port);
      int[] ports = FreePorts.two();
      return startOn(dataDir, new int[] {port, ports[0], ports[1]}, users);
    }
    for (int attempt = 1; ; attempt++) {
      int[] ports = FreePorts.three();
      try {
        return startOn(dataDir, ports, users);
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

  /**
   * Returns settings of a Kafka client that is a named user.
   *
   * @throws IllegalArgumentException if the broker was started without that user
   */
  public Map<String, Object> clientOf(String user) {
    return users.client(user, usersPort);
  }

  /** Stops the broker and waits until its files are closed; a second call does nothing. */
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      departure.run();
      log.info("broker stopped address={}", bootstrapServers);
    }
  }

  /** Starts on three ports: for everybody, for the controller, for users. */
  private static EmbeddedBroker startOn(Path dataDir, int[] ports, NamedUsers users) {
    int port = ports[0];
    Map<String, String> settings = BrokerProperties.of(dataDir.toAbsolutePath(), port, ports[1]);
    users.addTo(settings, ports[2]);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    Departure departure = new Departure(server);
    try {
      server.startup();
    } catch (KafkaException e) {
      server.shutdown();
      throw new BrokerException("the broker does not start on port " + port, e);
    }
    String address = BrokerProperties.address(port);
    log.info("broker started address={} directory={}", address, dataDir);
    return new EmbeddedBroker(departure, address, users, ports[2]);
  }
}
