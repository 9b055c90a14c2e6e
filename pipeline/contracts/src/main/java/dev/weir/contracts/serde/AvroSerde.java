package dev.weir.contracts.serde;

import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A serde in Avro's single-object encoding: the schema's fingerprint travels with each record, so
 * reading needs no registry. Not thread-safe; take one per thread or task.
 *
 * @param <T> the record type
 */
public final class AvroSerde<T> implements Serde<T> {
  private final BinaryMessageEncoder<GenericRecord> encoder;
  private final BinaryMessageDecoder<GenericRecord> decoder;
  private final Function<T, GenericRecord> toAvro;
  private final Function<GenericRecord, T> fromAvro;
  private final @Nullable DirectAvro<T> direct;

  private AvroSerde(
      Schema schema,
      Function<T, GenericRecord> toAvro,
      Function<GenericRecord, T> fromAvro,
      @Nullable AvroCodec<T> codec) {
    this.encoder = new BinaryMessageEncoder<>(GenericData.get(), schema);
    this.decoder = new BinaryMessageDecoder<>(GenericData.get(), schema);
    this.toAvro = toAvro;
    this.fromAvro = fromAvro;
    this.direct = codec == null ? null : new DirectAvro<>(schema, codec);
  }

  /** Returns a serde of rows. */
  public static AvroSerde<Row> rows() {
    return new AvroSerde<>(
        AvroSchemas.ROW, AvroRecords::fromRow, AvroRecords::toRow, new RowCodec());
  }

  /** Returns a serde of arrivals. */
  public static AvroSerde<Arrival> arrivals() {
    return new AvroSerde<>(
        AvroSchemas.ARRIVAL, AvroRecords::fromArrival, AvroRecords::toArrival, null);
  }

  /** Returns a serde of examples. */
  public static AvroSerde<Example> examples() {
    return new AvroSerde<>(
        AvroSchemas.EXAMPLE, AvroRecords::fromExample, AvroRecords::toExample, new ExampleCodec());
  }

  /** Returns a serde of predictions. */
  public static AvroSerde<Prediction> predictions() {
    return new AvroSerde<>(
            AvroSchemas.PREDICTION, AvroRecords::fromPrediction, AvroRecords::toPrediction, null)
        .reading(AvroSchemas.PREDICTION_1);
  }

  /** Lets records of an earlier schema be read, too. */
  private AvroSerde<T> reading(Schema earlier) {
    decoder.addSchema(earlier);
    return this;
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : encode(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(topic, bytes);
  }

  private byte[] encode(T value) {
    try {
      if (direct != null) {
        return direct.encode(value);
      }
      return encodeGeneric(value);
    } catch (IOException e) {
      throw new SerializationException("cannot encode " + value.getClass().getSimpleName(), e);
    }
  }

  private T decode(String topic, byte[] bytes) {
    try {
      if (direct != null && direct.wrote(bytes)) {
        return direct.decode(bytes);
      }
      return fromAvro.apply(decoder.decode(bytes));
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("topic " + topic + ": not an Avro record of ours", e);
    }
  }

  /** Returns the bytes as Avro's generic writer makes them. */
  byte[] encodeGeneric(T value) throws IOException {
    var buffer = encoder.encode(toAvro.apply(value));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Reads a schema from the class path of this package, after those whose types it uses. */
  static Schema schema(String name, String... uses) {
    Schema.Parser parser = new Schema.Parser();
    for (String used : uses) {
      parse(parser, used);
    }
    return parse(parser, name);
  }

  private static Schema parse(Schema.Parser parser, String name) {
    try (@Nullable InputStream in = AvroSerde.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("schema " + name + " is missing from the class path");
      }
      return parser.parse(in);
    } catch (IOException e) {
      throw new IllegalStateException("schema " + name + " is not readable", e);
    }
  }
}
