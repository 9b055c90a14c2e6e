package dev.weir.contracts.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.contracts.event.Label;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Labels in JSON, byte for byte as {@link Json} writes them, without its search for what a type
 * looks like: a label is read and written for each event. Thread-safe.
 */
public final class LabelJson {
  private static final JsonFactory FACTORY = Json.mapper().getFactory();
  private static final int USUAL_BYTES = 96;

  private LabelJson() {}

  /** Returns {@code label} as JSON in UTF-8. */
  public static byte[] write(Label label) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("eventId", label.eventId());
      json.writeNumberField("value", label.value());
      json.writeStringField("labelTime", label.labelTime().toString());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a label; unknown fields are ignored.
   *
   * @throws IllegalArgumentException if the bytes are no label
   */
  public static Label read(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no Label: not a JSON object");
      }
      return fields(parser);
    } catch (IOException | DateTimeParseException e) {
      throw new IllegalArgumentException("no Label: " + e.getMessage(), e);
    }
  }

  private static Label fields(JsonParser parser) throws IOException {
    String eventId = null;
    Double value = null;
    Instant time = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "eventId" -> eventId = parser.getText();
        case "value" -> value = parser.getDoubleValue();
        case "labelTime" -> time = IsoInstant.parse(parser.getText());
        default -> parser.skipChildren();
      }
    }
    if (eventId == null || value == null || time == null) {
      throw new IllegalArgumentException("no Label: eventId, value or labelTime is missing");
    }
    return new Label(eventId, value, time);
  }
}
