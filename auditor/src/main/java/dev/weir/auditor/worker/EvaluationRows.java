package dev.weir.auditor.worker;

import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The rows that judge: the held-out examples of the evaluation ranges, each event's last revision.
 */
final class EvaluationRows {
  private EvaluationRows() {}

  static List<Example> read(RangeReader reader, List<OffsetRange> ranges, ModelSpec spec) {
    Deserializer<Example> deserializer = AvroSerde.examples().deserializer();
    Map<String, Example> byId = new TreeMap<>();
    reader
        .read(ranges)
        .forEach(
            record -> {
              Example example = deserializer.deserialize(record.topic(), record.value());
              boolean judges =
                  example.row().specDigest().equals(spec.digest())
                      && spec.holdOut().contains(example.eventId());
              if (judges) {
                byId.merge(
                    example.eventId(), example, (a, b) -> b.revision() >= a.revision() ? b : a);
              }
            });
    return byId.values().stream().sorted(RowsDigest.ORDER).toList();
  }
}
