package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_JSON;
import static dev.weir.contracts.feature.EventException.Reason.TOO_DEEP;
import static dev.weir.contracts.feature.EventException.Reason.TOO_LARGE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import java.io.IOException;

/** Values that are JSON objects: one object and nothing behind it, no key twice. */
final class JsonValues implements ValueDecoder {
  private static final int MOST_DIGITS = 100;
  private static final JsonFactory LIMITED =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MOST_DIGITS)
                  .build())
          .build();
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .with(LIMITED)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  @Override
  public ObjectNode decode(byte[] value) {
    if (value.length == 0) {
      throw new EventException(MALFORMED_JSON, "the value is empty");
    }
    try (JsonParser parser = LIMITED.createParser(value)) {
      if (read(parser) instanceof ObjectNode object) {
        return object;
      }
      throw new EventException(MALFORMED_JSON, "the value is no JSON object");
    } catch (IOException e) {
      throw new EventException(MALFORMED_JSON, "the value is no JSON", e);
    }
  }

  private static JsonNode read(JsonParser parser) throws IOException {
    try {
      return READER.readValue(parser);
    } catch (StreamConstraintsException e) {
      if (parser.getParsingContext().getNestingDepth() > MAX_DEPTH) {
        throw new EventException(TOO_DEEP, TOO_DEEP_MESSAGE, e);
      }
      throw new EventException(TOO_LARGE, "a number has more than " + MOST_DIGITS + " digits", e);
    }
  }
}
