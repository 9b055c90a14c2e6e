package dev.weir.auditor.worker;

import dev.weir.auditor.evidence.Groupings;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.selective.SelectiveLabels;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.explain.Scorer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that would judge if a decision had not prevented their labels: held out, of the same
 * spec, and of the time from the first to the last event that judges.
 *
 * @param observedWhen the decision without which no label can come
 * @param ranges where they were looked for
 * @param rows the rows, in the order of their event ids
 */
record UnobservedRows(
    MissingLabels.Decision observedWhen, List<OffsetRange> ranges, List<Row> rows) {
  UnobservedRows {
    ranges = List.copyOf(ranges);
    rows = List.copyOf(rows);
  }

  /** Returns the rows; null where the spec does not say that labels depend on decisions. */
  static @Nullable UnobservedRows read(
      RangeReader reader, TopicNames names, ModelSpec spec, List<Example> judging) {
    MissingLabels.Decision observedWhen = spec.events().missingLabels().observedWhen();
    if (observedWhen == null) {
      return null;
    }
    SortedSet<Instant> times = new TreeSet<>();
    judging.forEach(example -> times.add(example.row().eventTime()));
    if (times.isEmpty()) {
      return new UnobservedRows(observedWhen, List.of(), List.of());
    }
    List<OffsetRange> ranges = reader.since(names.of(Topics.UNOBSERVED), times.first());
    Deserializer<Row> deserializer = AvroSerde.rows().deserializer();
    Map<String, Row> byId = new TreeMap<>();
    reader.read(ranges).stream()
        .map(record -> deserializer.deserialize(record.topic(), record.value()))
        .filter(row -> spec.holdOut().contains(row.eventId()))
        .filter(row -> row.specDigest().equals(spec.digest()))
        .filter(row -> !row.eventTime().isBefore(times.first()))
        .filter(row -> !row.eventTime().isAfter(times.last()))
        .forEach(row -> byId.putIfAbsent(row.eventId(), row));
    return new UnobservedRows(observedWhen, ranges, List.copyOf(byId.values()));
  }

  /** Returns the same rows with their restricted group values. */
  UnobservedRows joined(RestrictedGroups groups) {
    return new UnobservedRows(
        observedWhen, ranges, rows.stream().map(groups.history()::join).toList());
  }

  /**
   * Returns what these rows say beside those that judge.
   *
   * @param judged the scores of the judging rows
   */
  SelectiveLabels beside(
      EvaluationRows judging,
      double[] judged,
      Scorer scorer,
      ModelManifest manifest,
      Groupings groupings) {
    int observed = judged.length;
    double[] labels = new double[observed + rows.size()];
    double[] scores = new double[labels.length];
    double[] unjudged =
        rows.isEmpty()
            ? new double[0]
            : scorer.score(
                rows.stream().map(row -> row.features().toArray()).toArray(float[][]::new));
    for (int i = 0; i < labels.length; i++) {
      boolean isObserved = i < observed;
      labels[i] = isObserved ? judging.examples().get(i).label() : Double.NaN;
      scores[i] = isObserved ? judged[i] : unjudged[i - observed];
    }
    List<Row> all =
        Stream.concat(judging.examples().stream().map(Example::row), rows.stream()).toList();
    ScoredRows scored = ScoredRows.of(labels, scores, name -> groupings.of(name, all));
    return SelectiveLabels.of(scored, manifest, observedWhen, groupings.names());
  }
}
