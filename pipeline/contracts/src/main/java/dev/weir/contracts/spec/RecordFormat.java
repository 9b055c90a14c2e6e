package dev.weir.contracts.spec;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a user's topic are written.
 *
 * @param encoding what a value is
 * @param envelope what stands around the event
 * @param schema by which schema; {@link Schema#NONE} for JSON
 */
public record RecordFormat(Encoding encoding, Envelope envelope, Schema schema) {
  /** JSON objects without an envelope. */
  public static final RecordFormat JSON =
      new RecordFormat(Encoding.JSON, Envelope.NONE, Schema.NONE);

  /** What a value is. */
  public enum Encoding {
    /** A JSON object. */
    JSON,
    /** An Avro record in binary encoding. */
    AVRO,
    /** A Protobuf message. */
    PROTOBUF
  }

  /** What stands around the event. */
  public enum Envelope {
    /** Nothing. */
    NONE,
    /** CloudEvents 1.0, in binary or structured mode. */
    CLOUDEVENTS,
    /** A change event of Debezium. */
    DEBEZIUM
  }

  /**
   * The schema that the spec was written for: a text, or an id in a registry.
   *
   * @param text the schema itself, an Avro schema in JSON or a {@code .proto} file; null where the
   *     id says it
   * @param message the Protobuf message, as in {@code shop.Order}; null for the file's first
   * @param registry address of a registry with Confluent's REST API; values then carry the id of
   *     their own schema (a zero byte and four bytes, big-endian). Null where every value has the
   *     one schema and carries no id
   * @param id the schema's id in the registry; null where the text says it
   */
  public record Schema(
      @Nullable String text,
      @Nullable String message,
      @Nullable URI registry,
      @Nullable Integer id) {
    /** No schema. */
    public static final Schema NONE = new Schema(null, null, null, null);
  }
}
