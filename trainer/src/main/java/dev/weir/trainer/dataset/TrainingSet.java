package dev.weir.trainer.dataset;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The rows that a request trains on: exactly its offsets, held-out rows left out.
 *
 * @param examples the rows, in the order of event time and id
 * @param heldOut rows left out because they may judge
 * @param otherSpec rows left out because another spec encoded them
 * @param digest content digest of the rows
 */
public record TrainingSet(List<Example> examples, long heldOut, long otherSpec, String digest) {
  public TrainingSet {
    examples = List.copyOf(examples);
  }

  /**
   * Reads the rows of a request.
   *
   * @throws IllegalStateException if part of its ranges is no longer on the topic
   */
  public static TrainingSet read(TrainingRequest request, ModelSpec spec, RangeReader reader) {
    Deserializer<Example> deserializer = AvroSerde.examples().deserializer();
    Map<String, Example> byId = new TreeMap<>();
    List<String> heldOut = new ArrayList<>();
    long otherSpec = 0;
    for (var record : reader.read(request.training())) {
      Example example = deserializer.deserialize(record.topic(), record.value());
      if (!example.row().specDigest().equals(request.specDigest())) {
        otherSpec++;
      } else if (spec.holdOut().contains(example.eventId())) {
        heldOut.add(example.eventId());
      } else {
        byId.merge(example.eventId(), example, (a, b) -> b.revision() >= a.revision() ? b : a);
      }
    }
    List<Example> rows = byId.values().stream().sorted(RowsDigest.ORDER).toList();
    return new TrainingSet(
        rows, heldOut.stream().distinct().count(), otherSpec, RowsDigest.of(rows));
  }

  /** Returns the set with the same rows in another form; the digest is that of the others. */
  public TrainingSet with(List<Example> others) {
    return new TrainingSet(others, heldOut, otherSpec, RowsDigest.of(others));
  }

  /** Returns the features, shape [N, F]. */
  public float[][] features() {
    return examples.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new);
  }

  /** Returns the labels, shape [N]. */
  public float[] labels() {
    float[] labels = new float[examples.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (float) examples.get(i).label();
    }
    return labels;
  }

  /**
   * Returns each row's value of a grouping, empty text where it has none, shape [N].
   *
   * @param grouping the spec's group
   */
  public List<String> groups(String grouping) {
    return examples.stream().map(e -> e.row().groups().getOrDefault(grouping, "")).toList();
  }
}
