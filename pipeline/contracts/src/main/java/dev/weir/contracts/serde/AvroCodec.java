package dev.weir.contracts.serde;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * Writes and reads one record type field by field, in the order of its schema: the bytes are those
 * of Avro's generic writer, without a generic record in between.
 */
interface AvroCodec<T> {
  /** Writes the fields of {@code value}. */
  void write(T value, Encoder out) throws IOException;

  /** Reads the fields in the schema that this version writes. */
  T read(Decoder in) throws IOException;
}
