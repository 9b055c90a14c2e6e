package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_VALUE;
import static dev.weir.contracts.feature.EventException.Reason.SCHEMA_INCOMPATIBLE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads Avro records in binary encoding, each with the schema that it was written by. */
final class AvroReader implements SchemaReader {
  private final Schema schema;

  private AvroReader(Schema schema) {
    this.schema = schema;
  }

  /**
   * Returns the reader of the schema in {@code text}.
   *
   * @throws IllegalArgumentException if it is no Avro schema of a record
   */
  static AvroReader of(String text) {
    try {
      Schema schema = new Schema.Parser().parse(text);
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IllegalArgumentException("the Avro schema is of " + schema.getType());
      }
      return new AvroReader(schema);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException("this is no Avro schema: " + e.getMessage(), e);
    }
  }

  @Override
  public ObjectNode decode(byte[] value) {
    return behindId(ByteBuffer.wrap(value));
  }

  @Override
  public ObjectNode behindId(ByteBuffer value) {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value.array(), value.arrayOffset() + value.position(), value.remaining(), null);
    try {
      ObjectNode object = new AvroWalk(decoder).record(schema, 1);
      if (!decoder.isEnd()) {
        throw new IOException("bytes follow the record");
      }
      return object;
    } catch (IOException | AvroRuntimeException e) {
      throw new EventException(
          MALFORMED_VALUE,
          "the value is no " + schema.getFullName() + " in Avro: " + e.getMessage(),
          e);
    }
  }

  @Override
  public AvroReader successor(String text) {
    AvroReader writer = of(text);
    List<String> differences = new AvroEvolution().differences(schema, writer.schema);
    if (!differences.isEmpty()) {
      throw new EventException(SCHEMA_INCOMPATIBLE, String.join("; ", differences));
    }
    return writer;
  }
}
