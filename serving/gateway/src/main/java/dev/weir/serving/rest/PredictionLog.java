package dev.weir.serving.rest;

import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.publish.Outlet;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;

/** Logs what was asked and answered over HTTP, to the topics of the stream. */
@FunctionalInterface
public interface PredictionLog {
  /** A log that keeps nothing. */
  PredictionLog NONE = (model, row, prediction) -> {};

  /** Logs one row and its prediction; it does not wait for the acknowledgement. */
  void log(String model, Row row, Prediction prediction);

  /**
   * A log into an outlet.
   *
   * @param generations which of its model's specs each is, by digest; the first where it is absent
   */
  static PredictionLog to(Outlet outlet, Map<String, Integer> generations) {
    Serializer<Row> rows = AvroSerde.rows().serializer();
    Serializer<Prediction> predictions = AvroSerde.predictions().serializer();
    return (model, row, prediction) -> {
      int generation = generations.getOrDefault(row.specDigest(), 1);
      byte[] bytes = rows.serialize("rows", row);
      outlet.send(Topics.ROWS, model, generation, row.eventId(), row.eventTime(), bytes);
      outlet.send(
          Topics.PREDICTIONS,
          model,
          row.eventId(),
          row.eventTime(),
          predictions.serialize("predictions", prediction));
    };
  }
}
