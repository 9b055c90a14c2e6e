package dev.weir.contracts.serde;

import org.apache.avro.Schema;

/** The schemas of the data topics, as they stand in the resources. */
final class AvroSchemas {
  static final Schema EXAMPLE = AvroSerde.schema("example.avsc");
  static final Schema ROW = EXAMPLE.getField("row").schema();
  static final Schema ARRIVAL = AvroSerde.schema("arrival.avsc", "example.avsc");
  static final Schema EVENT_ARRIVAL = ARRIVAL.getField("record").schema().getTypes().get(0);
  static final Schema LABEL_ARRIVAL = ARRIVAL.getField("record").schema().getTypes().get(1);
  static final Schema PREDICTION = AvroSerde.schema("prediction.avsc");

  /** Predictions of before, without whether the row was selected. */
  static final Schema PREDICTION_1 = AvroSerde.schema("prediction-1.avsc");

  private AvroSchemas() {}
}
