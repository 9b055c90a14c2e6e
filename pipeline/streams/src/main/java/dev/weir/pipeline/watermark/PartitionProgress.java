package dev.weir.pipeline.watermark;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the task of one partition has come with its inputs, by what it read since it started.
 *
 * @param partition the partition
 * @param rows its part of {@code rows}
 * @param labels its part of {@code labels}
 * @param lookedMillis wall time for which the task has looked without a pause
 * @param origins its part of what came from each partition of the users' topics, by its name; one
 *     of which nothing has come is absent
 */
public record PartitionProgress(
    int partition, Input rows, Input labels, long lookedMillis, Map<String, Input> origins) {
  public PartitionProgress {
    origins = origins == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(origins));
    requireNonNull(rows, "rows");
    requireNonNull(labels, "labels");
  }

  /**
   * One input.
   *
   * @param reached largest event time read, in epoch milliseconds; null before the first record
   * @param earliest smallest event time read, in epoch milliseconds; null before the first record
   * @param quietMillis wall time for which the task looked at it and nothing was there
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Input(@Nullable Long reached, @Nullable Long earliest, long quietMillis) {}
}
