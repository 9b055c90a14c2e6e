package dev.weir.contracts.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/*
 * Single-object encoding, from Avro's specification:
 *
 *   C3 01 | CRC-64-AVRO of the schema's parsing canonical form (8 bytes, little endian) | fields
 */

/** Records of one schema by its codec, in Avro's single-object encoding; not thread-safe. */
final class DirectAvro<T> {
  private static final int MARK = 0xC3;
  private static final int VERSION = 0x01;
  private static final int HEAD = 2 + Long.BYTES;

  private final byte[] head;
  private final AvroCodec<T> codec;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  DirectAvro(Schema schema, AvroCodec<T> codec) {
    this.head =
        ByteBuffer.allocate(HEAD)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) MARK)
            .put((byte) VERSION)
            .putLong(SchemaNormalization.parsingFingerprint64(schema))
            .array();
    this.codec = codec;
  }

  byte[] encode(T value) throws IOException {
    out.reset();
    out.write(head);
    encoder = EncoderFactory.get().binaryEncoder(out, encoder);
    codec.write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** Returns whether the bytes say that they are of this schema. */
  boolean wrote(byte[] bytes) {
    return bytes.length >= HEAD && Arrays.equals(bytes, 0, HEAD, head, 0, HEAD);
  }

  T decode(byte[] bytes) throws IOException {
    decoder = DecoderFactory.get().binaryDecoder(bytes, HEAD, bytes.length - HEAD, decoder);
    return codec.read(decoder);
  }
}
