package dev.weir.app.backtest;

import dev.weir.app.replay.TopicFeed;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the pipeline made of each event, and what the champion of its time said of it: some 70 bytes
 * a row beside the id. Not thread-safe.
 */
final class Tape {
  private static final int NONE = 0;
  private static final double HALF = 0.5;

  private final Map<String, Integer> places = new HashMap<>();
  private final long[] eventMillis;
  private final long[] labelMillis;
  private final double[] labels;
  private final int[] revisions;
  private final double[] probabilities;
  private final boolean[] decisions;
  private final int[] versions;

  /** Creates an empty tape of events in their order; of copies only the first counts. */
  Tape(List<String> ids) {
    ids.forEach(id -> places.putIfAbsent(id, places.size()));
    int n = places.size();
    eventMillis = new long[n];
    labelMillis = new long[n];
    labels = new double[n];
    revisions = new int[n];
    probabilities = new double[n];
    decisions = new boolean[n];
    versions = new int[n];
    Arrays.fill(labels, Double.NaN);
  }

  /** Reads what the topics hold now. */
  void read(Map<String, Object> client, TopicNames names) {
    Deserializer<Example> examples = AvroSerde.examples().deserializer();
    Deserializer<Prediction> predictions = AvroSerde.predictions().deserializer();
    Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers = new LinkedHashMap<>();
    takers.put(names.of(Topics.EXAMPLES), r -> take(examples.deserialize(r.topic(), r.value())));
    takers.put(
        names.of(Topics.PREDICTIONS), r -> take(predictions.deserialize(r.topic(), r.value())));
    try (TopicFeed feed = new TopicFeed(client, takers)) {
      feed.catchUp();
    }
  }

  /** Takes in a label; the last revision is the truth. */
  void take(Example example) {
    int at = place(example.eventId());
    if (example.revision() > revisions[at]) {
      revisions[at] = example.revision();
      labels[at] = example.label();
      labelMillis[at] = example.labelTime().toEpochMilli();
      eventMillis[at] = example.row().eventTime().toEpochMilli();
    }
  }

  /** Takes in what a version said; the first word of a champion is the one that decided. */
  void take(Prediction prediction) {
    int at = place(prediction.eventId());
    if (prediction.role() == ServingRole.CHAMPION && versions[at] == NONE) {
      versions[at] = prediction.version();
      probabilities[at] = prediction.probability();
      Boolean selected = prediction.selected();
      decisions[at] = selected == null ? prediction.probability() >= HALF : selected;
    }
  }

  private int place(String id) {
    Integer at = places.get(id);
    if (at == null) {
      throw new IllegalStateException("event " + id + " is not in the file");
    }
    return at;
  }

  /** Returns the labelled rows, in the order of their events. */
  Labelled labelled() {
    int[] at = IntStream.range(0, labels.length).filter(i -> !Double.isNaN(labels[i])).toArray();
    Labelled rows = new Labelled(at.length);
    for (int i = 0; i < at.length; i++) {
      rows.eventMillis[i] = eventMillis[at[i]];
      rows.labelMillis[i] = labelMillis[at[i]];
      rows.labels[i] = labels[at[i]];
      rows.probabilities[i] = probabilities[at[i]];
      rows.decisions[i] = decisions[at[i]];
      rows.versions[i] = versions[at[i]];
    }
    return rows;
  }

  /** Labelled rows in columns; version 0 is none, which neither said nor decided anything. */
  static final class Labelled {
    final long[] eventMillis;
    final long[] labelMillis;
    final double[] labels;
    final double[] probabilities;
    final boolean[] decisions;
    final int[] versions;

    Labelled(int n) {
      eventMillis = new long[n];
      labelMillis = new long[n];
      labels = new double[n];
      probabilities = new double[n];
      decisions = new boolean[n];
      versions = new int[n];
    }
  }
}
