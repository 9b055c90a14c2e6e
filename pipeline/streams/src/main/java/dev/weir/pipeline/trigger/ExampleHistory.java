package dev.weir.pipeline.trigger;

import dev.weir.contracts.topic.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the examples stand: the bounds of all of them per partition, and those of the last epochs
 * one by one, so that the last so many can be named exactly. Not thread-safe.
 */
public final class ExampleHistory {
  private final String topic;
  private final long keep;
  private final Journal journal;
  private final SortedMap<Integer, Bounds> bounds = new TreeMap<>();
  private final TreeMap<Long, EpochExamples> epochs = new TreeMap<>();
  private long kept;
  private long count;

  /**
   * The examples of one partition.
   *
   * @param from offset of the first
   * @param to offset after the last, corrections included
   */
  public record Bounds(long from, long to) {}

  /**
   * What outlives a restart beside the epochs.
   *
   * @param count examples so far
   * @param bounds of each partition that has some
   */
  public record Totals(long count, SortedMap<Integer, Bounds> bounds) {}

  /** Keeps the epochs that can still be asked for. */
  public interface Journal {
    /** Keeps an epoch. */
    void put(long epoch, EpochExamples examples);

    /** Forgets an epoch. */
    void delete(long epoch);
  }

  /**
   * Creates a history.
   *
   * @param topic the topic of examples
   * @param keep the most examples that are ever asked for, but for all
   */
  public ExampleHistory(String topic, long keep, Journal journal) {
    this.topic = topic;
    this.keep = keep;
    this.journal = journal;
  }

  /** Takes over what was kept. */
  public void restore(Totals totals, Map<Long, EpochExamples> keptEpochs) {
    count = totals.count();
    bounds.putAll(totals.bounds());
    epochs.putAll(keptEpochs);
    kept = epochs.values().stream().mapToLong(EpochExamples::count).sum();
  }

  /** Returns what {@link #restore} needs beside the epochs. */
  public Totals totals() {
    return new Totals(count, new TreeMap<>(bounds));
  }

  /** Takes what came in an epoch, which lies after all before. */
  void add(long epoch, EpochExamples examples) {
    examples.runs().forEach(this::extend);
    examples.corrected().forEach((partition, offset) -> reach(partition, offset + 1));
    long added = examples.count();
    count += added;
    if (added > 0) {
      epochs.put(epoch, examples);
      journal.put(epoch, examples);
      kept += added;
      forget();
    }
  }

  private void extend(int partition, List<ExampleRun> runs) {
    bounds.putIfAbsent(partition, new Bounds(runs.get(0).from(), runs.get(0).from()));
    reach(partition, runs.get(runs.size() - 1).to());
  }

  private void reach(int partition, long to) {
    bounds.computeIfPresent(partition, (p, old) -> new Bounds(old.from(), Math.max(old.to(), to)));
  }

  private void forget() {
    while (kept - epochs.firstEntry().getValue().count() >= keep) {
      Map.Entry<Long, EpochExamples> oldest = epochs.pollFirstEntry();
      kept -= oldest.getValue().count();
      journal.delete(oldest.getKey());
    }
  }

  /** Returns how many examples there are. */
  long count() {
    return count;
  }

  /** Returns how many of the last {@code wanted} examples have a known place. */
  long kept(long wanted) {
    return wanted >= count ? count : Math.min(wanted, kept);
  }

  /**
   * Returns the ranges of the last {@code wanted} examples, or of as many as are kept: those before
   * are not where a spec asks for more than an earlier one did.
   */
  List<OffsetRange> lastKept(long wanted) {
    return last(kept(wanted));
  }

  /**
   * Returns the part of a range that is known here: it must begin where examples are, and may end
   * after the last that came before the last tick.
   */
  Optional<OffsetRange> knownPart(OffsetRange range) {
    Bounds each = bounds.get(range.partition());
    if (each == null
        || !range.topic().equals(topic)
        || range.from() < each.from()
        || range.from() >= each.to()) {
      return Optional.empty();
    }
    long to = Math.min(range.to(), each.to());
    return Optional.of(new OffsetRange(topic, range.partition(), range.from(), to));
  }

  /** Returns where the examples lie, for a person. */
  @Override
  public String toString() {
    return count == 0 ? "no examples" : "the " + count + " examples in " + last(count);
  }

  /**
   * Returns the ranges that hold exactly the last {@code wanted} examples, and their corrections:
   * whole epochs, newest first, and of the epoch in which the number is reached the highest
   * offsets, partition by partition from the last one down. All examples if there are no more.
   *
   * @throws IllegalStateException if more are wanted than are kept, but not all
   */
  List<OffsetRange> last(long wanted) {
    if (wanted >= count) {
      SortedMap<Integer, Long> starts = new TreeMap<>();
      bounds.forEach((partition, each) -> starts.put(partition, each.from()));
      return ranges(starts);
    }
    if (wanted > kept) {
      throw new IllegalStateException(
          "the places of the last " + kept + " examples are kept, not of " + wanted);
    }
    SortedMap<Integer, Long> starts = new TreeMap<>();
    long open = wanted;
    for (EpochExamples each : epochs.descendingMap().values()) {
      open -= start(each, open, starts);
    }
    return ranges(starts);
  }

  /** Moves starts back by at most {@code open} examples; returns by how many. */
  private static long start(EpochExamples examples, long open, SortedMap<Integer, Long> starts) {
    long taken = 0;
    for (var entry : new TreeMap<>(examples.runs()).descendingMap().entrySet()) {
      long here = Math.min(open - taken, EpochExamples.count(entry.getValue()));
      if (here > 0) {
        starts.put(entry.getKey(), EpochExamples.startOfLast(entry.getValue(), here));
        taken += here;
      }
    }
    return taken;
  }

  private List<OffsetRange> ranges(SortedMap<Integer, Long> starts) {
    List<OffsetRange> ranges = new ArrayList<>();
    starts.forEach(
        (partition, from) -> {
          Bounds each = bounds.get(partition);
          if (each != null) {
            ranges.add(new OffsetRange(topic, partition, from, each.to()));
          }
        });
    return ranges;
  }
}
