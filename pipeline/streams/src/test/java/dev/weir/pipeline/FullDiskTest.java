package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.time.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

/**
 * The disk of the stores takes no more in mid-stream: each file that a store is to write next is
 * Linux's {@code /dev/full}, so that the system itself refuses what RocksDB writes there.
 */
class FullDiskTest {
  private static final int EVENTS = 1500;
  private static final int FILES = 1000;

  @TempDir Path directory;

  /** Lets stores write to disk every few records instead of every 16 MB. */
  public static final class SmallBuffers implements RocksDBConfigSetter {
    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
      options.setWriteBufferSize(16 << 10);
    }

    @Override
    public void close(String store, Options options) {}
  }

  @Test
  void aFullDiskStopsTheRoleWithWhatToDoAndLosesNothing() throws Exception {
    ModelSpec spec = SpecReader.parse("f", DisorderedStream.spec().replace("MODEL", "full"));
    List<Arrival> arrivals = DisorderedStream.of(EVENTS);
    int half = arrivals.size() / 2;
    Map<String, Set<String>> expected = DisorderedStream.expected(arrivals);
    try (OwnBroker broker = new OwnBroker(directory.resolve("broker"), spec)) {
      broker.createTopics();
      List<Path> full;
      try (PipelineRole role = role(broker, spec)) {
        role.start();
        broker.send(arrivals.subList(0, half / 10));
        Await.until(
            PartitionedRun.WITHIN,
            () -> !broker.examples().isEmpty(),
            () -> "no examples yet, " + role.failure());
        full = fillDisk();
        broker.send(arrivals.subList(half / 10, half));
        Await.until(
            PartitionedRun.WITHIN,
            () -> role.failure().isPresent(),
            () -> "it goes on all the same");
        assertThat(role.failure().orElseThrow())
            .hasMessageContaining("the disk of the state directory " + state() + " is full")
            .hasMessageContaining("make room there");
        Await.until(PartitionedRun.WITHIN, () -> !role.isRunning(), () -> "it runs");
        assertThat(broker.examples()).hasSizeLessThan(expected.size());
      }
      for (Path file : full) {
        Files.deleteIfExists(file);
      }
      try (PipelineRole role = role(broker, spec)) {
        role.start();
        broker.send(arrivals.subList(half, arrivals.size()));
        List<Example> examples = broker.awaitExamples(expected.keySet(), role);
        assertThat(DisorderedStream.byId(examples)).isEqualTo(expected);
        assertThat(examples).hasSameSizeAs(expected.keySet());
        assertThat(role.failure()).isEmpty();
      }
    }
  }

  private Path state() {
    return directory.resolve("state");
  }

  private PipelineRole role(OwnBroker broker, ModelSpec spec) {
    return new PipelineRole(
        spec,
        broker.names(),
        broker.client(Map.of("rocksdb.config.setter", SmallBuffers.class)),
        state(),
        MutableClock.at(PipelineDriver.START));
  }

  /** Puts what takes no byte where the stores will write their next files; returns these. */
  private List<Path> fillDisk() throws IOException {
    List<Path> full = new ArrayList<>();
    for (Path store : stores()) {
      for (int number = 1; number <= FILES; number++) {
        Path file = store.resolve(String.format("%06d.sst", number));
        if (Files.notExists(file)) {
          full.add(Files.createSymbolicLink(file, Path.of("/dev/full")));
        }
      }
    }
    assertThat(full).isNotEmpty();
    return full;
  }

  private List<Path> stores() throws IOException {
    try (Stream<Path> all = Files.walk(state())) {
      return all.filter(path -> path.getParent().endsWith("rocksdb")).toList();
    }
  }
}
