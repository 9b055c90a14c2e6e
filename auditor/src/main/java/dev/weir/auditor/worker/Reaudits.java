package dev.weir.auditor.worker;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Candidates that wait for more held-out rows. Rows are counted by offset, from the end of the last
 * look's evaluation on, so a record that is handed over again is not counted twice, and what was
 * consumed before a restart is read again. Not thread-safe.
 */
final class Reaudits {
  private final ModelSpec spec;
  private final RangeReader reader;
  private final Map<String, Waiting> waiting = new TreeMap<>();

  Reaudits(ModelSpec spec, RangeReader reader) {
    this.spec = spec;
    this.reader = reader;
  }

  /** A candidate whose rows have come. */
  record Due(String requestId, int look, List<OffsetRange> evaluation) {}

  /** Takes the last audit of a request with the ranges it judged on; a final one ends the wait. */
  void audited(Audit audit, List<OffsetRange> evaluation) {
    if (audit.rowsAwaited() == null) {
      waiting.remove(audit.requestId());
    } else {
      waiting.put(
          audit.requestId(), new Waiting(audit.look() + 1, audit.rowsAwaited(), evaluation));
    }
  }

  /** Counts a record of the examples and returns whose rows are complete with it. */
  List<Due> count(ConsumerRecord<byte[], byte[]> record) {
    List<Due> due = new ArrayList<>();
    if (waiting.isEmpty()) {
      return due;
    }
    @Nullable Boolean judges = null;
    for (Map.Entry<String, Waiting> entry : waiting.entrySet()) {
      Waiting candidate = entry.getValue();
      if (candidate.reach(record)) {
        judges = Objects.requireNonNullElseGet(judges, () -> EvaluationRows.judges(record, spec));
        candidate.missing -= judges ? 1 : 0;
      }
      if (candidate.missing <= 0) {
        due.add(new Due(entry.getKey(), candidate.look, candidate.ranges()));
      }
    }
    return due;
  }

  /** One candidate, and how far its rows are counted. */
  private final class Waiting {
    private final int look;
    private final List<OffsetRange> evaluation;
    private final Map<Integer, Long> countedTo = new TreeMap<>();
    private long missing;

    Waiting(int look, long missing, List<OffsetRange> evaluation) {
      this.look = look;
      this.missing = missing;
      this.evaluation = evaluation;
    }

    /** Returns whether the record is new here, and then counts what lies before it. */
    boolean reach(ConsumerRecord<byte[], byte[]> record) {
      Long counted = countedTo.get(record.partition());
      if (counted == null) {
        counted = countUpTo(record);
      }
      if (record.offset() < counted) {
        return false;
      }
      countedTo.put(record.partition(), record.offset() + 1);
      return true;
    }

    private long countUpTo(ConsumerRecord<byte[], byte[]> record) {
      long end = end(record);
      if (end < record.offset()) {
        OffsetRange gap = new OffsetRange(record.topic(), record.partition(), end, record.offset());
        missing -=
            reader.read(List.of(gap)).stream()
                .filter(missed -> EvaluationRows.judges(missed, spec))
                .count();
      }
      return Math.max(end, record.offset());
    }

    private long end(ConsumerRecord<byte[], byte[]> record) {
      return evaluation.stream()
          .filter(range -> range.partition() == record.partition())
          .mapToLong(OffsetRange::to)
          .max()
          .orElse(record.offset());
    }

    List<OffsetRange> ranges() {
      return evaluation.stream()
          .map(
              range ->
                  new OffsetRange(
                      range.topic(),
                      range.partition(),
                      range.from(),
                      Math.max(range.to(), countedTo.getOrDefault(range.partition(), 0L))))
          .toList();
    }
  }
}
