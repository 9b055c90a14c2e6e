package dev.weir.contracts.serde;

import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Translates between the event records and their Avro form. */
final class AvroRecords {
  private AvroRecords() {}

  static GenericRecord fromRow(Row row) {
    GenericRecord avro = new GenericData.Record(AvroSchemas.ROW);
    avro.put("eventId", row.eventId());
    avro.put("entityId", row.entityId());
    avro.put("eventTime", row.eventTime().toEpochMilli());
    avro.put("specDigest", row.specDigest());
    List<Float> features = new ArrayList<>(row.features().size());
    for (float feature : row.features().toArray()) {
      features.add(feature);
    }
    avro.put("features", features);
    avro.put("groups", row.groups());
    avro.put("origin", row.origin().name());
    return avro;
  }

  static Row toRow(GenericRecord avro) {
    List<?> features = (List<?>) avro.get("features");
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Float) features.get(i);
    }
    return new Row(
        text(avro, "eventId"),
        text(avro, "entityId"),
        time(avro, "eventTime"),
        text(avro, "specDigest"),
        FeatureVector.of(values),
        texts(avro, "groups"),
        Origin.valueOf(text(avro, "origin")));
  }

  static GenericRecord fromArrival(Arrival arrival) {
    GenericRecord avro = new GenericData.Record(AvroSchemas.ARRIVAL);
    avro.put(
        "record",
        arrival instanceof Arrival.OfEvent event
            ? fromEvent(event)
            : fromLabel((Arrival.OfLabel) arrival));
    return avro;
  }

  private static GenericRecord fromEvent(Arrival.OfEvent event) {
    GenericRecord avro = new GenericData.Record(AvroSchemas.EVENT_ARRIVAL);
    avro.put("row", fromRow(event.row()));
    avro.put("keys", event.keys());
    avro.put("numbers", event.numbers());
    return avro;
  }

  private static GenericRecord fromLabel(Arrival.OfLabel arrival) {
    GenericRecord avro = new GenericData.Record(AvroSchemas.LABEL_ARRIVAL);
    avro.put("eventId", arrival.label().eventId());
    avro.put("value", arrival.label().value());
    avro.put("labelTime", arrival.label().labelTime().toEpochMilli());
    avro.put("keys", arrival.keys());
    return avro;
  }

  static Arrival toArrival(GenericRecord avro) {
    GenericRecord record = (GenericRecord) avro.get("record");
    if (record.getSchema().equals(AvroSchemas.EVENT_ARRIVAL)) {
      Map<String, Double> numbers = new TreeMap<>();
      ((Map<?, ?>) record.get("numbers")).forEach((k, v) -> numbers.put(k.toString(), (Double) v));
      return new Arrival.OfEvent(
          toRow((GenericRecord) record.get("row")), texts(record, "keys"), numbers);
    }
    return new Arrival.OfLabel(
        new Label(text(record, "eventId"), (Double) record.get("value"), time(record, "labelTime")),
        texts(record, "keys"));
  }

  static GenericRecord fromExample(Example example) {
    GenericRecord avro = new GenericData.Record(AvroSchemas.EXAMPLE);
    avro.put("row", fromRow(example.row()));
    avro.put("label", example.label());
    avro.put("labelTime", example.labelTime().toEpochMilli());
    avro.put("revision", example.revision());
    return avro;
  }

  static Example toExample(GenericRecord avro) {
    return new Example(
        toRow((GenericRecord) avro.get("row")),
        (Double) avro.get("label"),
        time(avro, "labelTime"),
        (Integer) avro.get("revision"));
  }

  static GenericRecord fromPrediction(Prediction prediction) {
    GenericRecord avro = new GenericData.Record(AvroSchemas.PREDICTION);
    avro.put("eventId", prediction.eventId());
    avro.put("eventTime", prediction.eventTime().toEpochMilli());
    avro.put("version", prediction.version());
    avro.put("role", prediction.role().name());
    avro.put("probability", prediction.probability());
    avro.put("origin", prediction.origin().name());
    avro.put("selected", prediction.selected());
    return avro;
  }

  static Prediction toPrediction(GenericRecord avro) {
    return new Prediction(
        text(avro, "eventId"),
        time(avro, "eventTime"),
        (Integer) avro.get("version"),
        ServingRole.valueOf(text(avro, "role")),
        (Double) avro.get("probability"),
        Origin.valueOf(text(avro, "origin")),
        (Boolean) avro.get("selected"));
  }

  private static Map<String, String> texts(GenericRecord avro, String field) {
    Map<String, String> texts = new TreeMap<>();
    ((Map<?, ?>) avro.get(field)).forEach((k, v) -> texts.put(k.toString(), v.toString()));
    return texts;
  }

  private static String text(GenericRecord avro, String field) {
    return avro.get(field).toString();
  }

  private static Instant time(GenericRecord avro, String field) {
    return Instant.ofEpochMilli((Long) avro.get(field));
  }
}
