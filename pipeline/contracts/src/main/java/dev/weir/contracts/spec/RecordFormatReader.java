package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.spec.RecordFormat.Encoding;
import dev.weir.contracts.spec.RecordFormat.Envelope;
import dev.weir.contracts.spec.RecordFormat.Schema;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Reads how the records of one topic are written. */
final class RecordFormatReader {
  private static final List<String> OF_SCHEMAS =
      List.of("schema", "schemaFile", "schemaId", "registry", "message");

  private final YamlDocument yaml;
  private final String pointer;
  private final JsonNode source;

  /** Creates the reader of the topic at a JSON pointer, for example {@code /events/labels}. */
  RecordFormatReader(YamlDocument yaml, String pointer) {
    this.yaml = yaml;
    this.pointer = pointer;
    this.source = yaml.at(pointer);
  }

  RecordFormat read() {
    Encoding encoding =
        Encoding.valueOf(source.path("format").asText("json").toUpperCase(Locale.ROOT));
    Envelope envelope =
        Envelope.valueOf(source.path("envelope").asText("none").toUpperCase(Locale.ROOT));
    return new RecordFormat(encoding, envelope, schema(encoding));
  }

  private Schema schema(Encoding encoding) {
    if (encoding == Encoding.JSON) {
      OF_SCHEMAS.forEach(key -> forbid(key, "only format: avro and protobuf have it"));
      return Schema.NONE;
    }
    forbid("schemaFile", "a file is read by the command only; put its text here as schema:");
    if (encoding == Encoding.AVRO) {
      forbid("message", "only format: protobuf has it");
    }
    if (source.has("schema") == source.has("schemaId")) {
      throw yaml.error(
          pointer + "/format",
          "needs the schema that this spec is written for: one of schema, schemaFile, schemaId");
    }
    if (source.has("schemaId") && !source.has("registry")) {
      throw yaml.error(pointer + "/schemaId", "needs a registry to look it up in");
    }
    return new Schema(
        YamlDocument.nullable(source.path("schema")),
        YamlDocument.nullable(source.path("message")),
        source.has("registry") ? registry(source.path("registry").asText()) : null,
        source.has("schemaId") ? source.path("schemaId").asInt() : null);
  }

  private URI registry(String address) {
    try {
      return URI.create(address.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw yaml.error(pointer + "/registry", "'" + address + "' is no address");
    }
  }

  private void forbid(String key, String why) {
    if (source.has(key)) {
      throw yaml.error(pointer + "/" + key, why);
    }
  }
}
