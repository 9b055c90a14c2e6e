package dev.weir.broker;

import java.lang.reflect.Field;
import java.util.Optional;
import kafka.coordinator.transaction.TransactionCoordinator;
import kafka.network.SocketServer;
import kafka.server.BrokerServer;
import kafka.server.KafkaRaftServer;
import scala.Option;

/**
 * Stops a broker so that no transaction stays open for ever.
 *
 * <p>A broker that stops gives up its partitions first, and takes requests for some milliseconds
 * more. Kafka 4.3.1 and 4.4.0 take a partition without a leader for a deleted one then
 * (KAFKA-20734): a transaction that is ended in that time counts as complete, but its partitions
 * are never told, and whoever reads committed records waits before it for ever. So this broker ends
 * no more transactions before it gives up its partitions. What was not ended is rolled back, and
 * what was decided is completed, by the next start.
 */
final class Departure {
  private final KafkaRaftServer server;
  private final BrokerServer broker;

  /**
   * Prepares for the end of a server that is not started yet.
   *
   * @throws IllegalStateException if this version of Kafka keeps its broker elsewhere
   */
  Departure(KafkaRaftServer server) {
    this.server = server;
    this.broker = brokerOf(server);
  }

  private static BrokerServer brokerOf(KafkaRaftServer server) {
    try {
      Field field = KafkaRaftServer.class.getDeclaredField("broker");
      field.setAccessible(true);
      return (BrokerServer) ((Option<?>) field.get(server)).get();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no broker in " + server.getClass(), e);
    }
  }

  /** Stops the server, and returns when its files are closed. */
  void run() {
    try {
      // First the requests to end a transaction, then the thread that tells its partitions.
      Optional.ofNullable(broker.socketServer()).ifPresent(SocketServer::stopProcessingRequests);
      Optional.ofNullable(broker.transactionCoordinator())
          .ifPresent(TransactionCoordinator::shutdown);
    } finally {
      server.shutdown();
      server.awaitShutdown();
    }
  }
}
