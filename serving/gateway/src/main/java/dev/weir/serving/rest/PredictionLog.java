package dev.weir.serving.rest;

import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.publish.Outlet;
import org.apache.kafka.common.serialization.Serializer;

/** Logs what was asked and answered over HTTP, to the topics of the stream. */
@FunctionalInterface
public interface PredictionLog {
  /** A log that keeps nothing. */
  PredictionLog NONE = (model, row, prediction) -> {};

  /** Logs one row and its prediction; it does not wait for the acknowledgement. */
  void log(String model, Row row, Prediction prediction);

  /** A log into an outlet. */
  static PredictionLog to(Outlet outlet) {
    Serializer<Row> rows = AvroSerde.rows().serializer();
    Serializer<Prediction> predictions = AvroSerde.predictions().serializer();
    return (model, row, prediction) -> {
      outlet.send(Topics.ROWS, model, row.eventId(), row.eventTime(), rows.serialize("rows", row));
      outlet.send(
          Topics.PREDICTIONS,
          model,
          row.eventId(),
          row.eventTime(),
          predictions.serialize("predictions", prediction));
    };
  }
}
