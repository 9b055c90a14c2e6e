package dev.weir.auditor.worker;

import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.model.artifact.ModelManifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The rows that judge: the held-out examples of the evaluation ranges, each event's last revision.
 *
 * @param examples the rows, in the order of {@link RowsDigest#ORDER}
 * @param otherSpecRows held-out examples left out because another spec's encoder wrote them
 */
record EvaluationRows(List<Example> examples, long otherSpecRows) {
  EvaluationRows {
    examples = List.copyOf(examples);
  }

  static EvaluationRows read(RangeReader reader, List<OffsetRange> ranges, ModelSpec spec) {
    return read(reader, ranges, spec, true);
  }

  /** Returns the same rows with their restricted group values. */
  EvaluationRows joined(RestrictedGroups groups) {
    return new EvaluationRows(
        examples.stream().map(groups.history()::join).toList(), otherSpecRows);
  }

  /** Returns the rows that were trained on: those of the training ranges that are not held out. */
  static List<Example> members(RangeReader reader, List<OffsetRange> ranges, ModelSpec spec) {
    return read(reader, ranges, spec, false).examples();
  }

  private static EvaluationRows read(
      RangeReader reader, List<OffsetRange> ranges, ModelSpec spec, boolean isHeldOut) {
    Deserializer<Example> deserializer = AvroSerde.examples().deserializer();
    List<Example> wanted =
        reader.read(ranges).stream()
            .map(record -> deserializer.deserialize(record.topic(), record.value()))
            .filter(example -> spec.holdOut().contains(example.eventId()) == isHeldOut)
            .toList();
    Map<String, Example> byId = new TreeMap<>();
    long otherSpec = 0;
    for (Example example : wanted) {
      if (example.row().specDigest().equals(spec.digest())) {
        byId.merge(example.eventId(), example, (a, b) -> b.revision() >= a.revision() ? b : a);
      } else {
        otherSpec++;
      }
    }
    return new EvaluationRows(byId.values().stream().sorted(RowsDigest.ORDER).toList(), otherSpec);
  }

  /** Returns whether a record of examples is one more row that can judge versions of a spec. */
  static boolean judges(ConsumerRecord<byte[], byte[]> record, ModelSpec spec) {
    Example example =
        AvroSerde.examples().deserializer().deserialize(record.topic(), record.value());
    return example.revision() == 1
        && spec.holdOut().contains(example.eventId())
        && example.row().specDigest().equals(spec.digest());
  }

  /** Returns the features, shape [N, F]. */
  float[][] features() {
    return examples.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new);
  }

  /** Returns the labels, shape [N]. */
  double[] labels() {
    return examples.stream().mapToDouble(Example::label).toArray();
  }

  /** Returns each row's value of a grouping, empty text where it has none, shape [N]. */
  List<String> groups(String grouping) {
    return examples.stream().map(e -> e.row().groups().getOrDefault(grouping, "")).toList();
  }

  /** Returns the probability from which a version selects each row, shape [N]. */
  double[] thresholds(ModelManifest manifest) {
    return examples.stream().mapToDouble(e -> manifest.thresholdOf(e.row().groups())).toArray();
  }
}
