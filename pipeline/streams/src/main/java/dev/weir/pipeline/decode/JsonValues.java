package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_JSON;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import java.io.IOException;

/** Values that are JSON objects: one object and nothing behind it, no key twice. */
final class JsonValues implements ValueDecoder {
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  @Override
  public ObjectNode decode(byte[] value) {
    if (value.length == 0) {
      throw new EventException(MALFORMED_JSON, "the value is empty");
    }
    try (JsonParser parser = READER.createParser(value)) {
      JsonNode json = READER.readValue(parser);
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new EventException(MALFORMED_JSON, "the value is no JSON object");
    } catch (IOException e) {
      throw new EventException(MALFORMED_JSON, "the value is no JSON");
    }
  }
}
