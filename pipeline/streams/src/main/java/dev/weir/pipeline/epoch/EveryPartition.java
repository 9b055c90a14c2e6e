package dev.weir.pipeline.epoch;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Writes each record to every partition of its topic. */
public final class EveryPartition implements StreamPartitioner<String, byte[]> {
  @Override
  public Optional<Set<Integer>> partitions(
      String topic, String key, byte[] value, int partitionCount) {
    return Optional.of(
        IntStream.range(0, partitionCount).boxed().collect(Collectors.toUnmodifiableSet()));
  }
}
