package dev.weir.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** The directory in which a broker keeps its topics. */
final class DataDirectory {
  private DataDirectory() {}

  /**
   * Makes the directory ready for a start: writes a cluster's identity into an empty one, leaves
   * one that has an identity as it is.
   *
   * @throws BrokerException if another broker uses it or it cannot be written
   */
  static void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
      requireUnused(directory);
      format(directory, clusterId(directory));
    } catch (IOException e) {
      throw new BrokerException("the directory " + directory + " cannot hold a broker's data", e);
    }
  }

  /** Fails if another broker runs on the directory: Kafka itself would end this process then. */
  private static void requireUnused(Path directory) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw inUse(directory, null);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(directory, e);
    }
  }

  private static BrokerException inUse(Path directory, @Nullable Throwable cause) {
    return new BrokerException(
        "the directory " + directory + " is in use by another broker", cause);
  }

  private static void format(Path directory, String clusterId) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(clusterId)
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) { // The formatter declares no narrower type.
      throw new BrokerException("the directory " + directory + " cannot be formatted", e);
    }
  }

  /** Returns the identity the directory already has, or a fresh one. */
  private static String clusterId(Path directory) throws IOException {
    Path properties = directory.resolve("meta.properties");
    if (!Files.exists(properties)) {
      return Uuid.randomUuid().toString();
    }
    return Files.readAllLines(properties).stream()
        .filter(line -> line.startsWith("cluster.id="))
        .map(line -> line.substring("cluster.id=".length()))
        .findFirst()
        .orElseThrow(() -> new IOException(properties + " names no cluster.id"));
  }
}
