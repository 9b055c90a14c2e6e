package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_VALUE;
import static dev.weir.contracts.feature.EventException.Reason.SCHEMA_INCOMPATIBLE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.spec.RecordFormat;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values in Confluent's wire format: a zero byte, the id of the value's schema (four bytes,
 * big-endian), and the value. A schema that the rule refuses is remembered, and so is one that is
 * read; each id is looked up once. Not thread-safe.
 */
final class RegistryValues implements ValueDecoder {
  private static final int PREFIX_BYTES = 5;

  private final RecordFormat.Schema declared;
  private final RegistryClient registry;
  private final Function<String, SchemaReader> language;
  private final Map<Integer, SchemaReader> readers = new HashMap<>();
  private final Map<Integer, String> refused = new HashMap<>();
  private @Nullable SchemaReader reader;

  RegistryValues(
      RecordFormat.Schema declared,
      RegistryClient registry,
      Function<String, SchemaReader> language) {
    this.declared = declared;
    this.registry = registry;
    this.language = language;
    this.reader = declared.text() == null ? null : language.apply(declared.text());
  }

  @Override
  public ObjectNode decode(byte[] value) {
    if (value.length < PREFIX_BYTES || value[0] != 0) {
      throw new EventException(
          MALFORMED_VALUE, "the value does not begin with a zero byte and the id of its schema");
    }
    ByteBuffer bytes = ByteBuffer.wrap(value);
    int id = bytes.getInt(1);
    bytes.position(PREFIX_BYTES);
    return reader(id).behindId(bytes);
  }

  private SchemaReader reader(int id) {
    SchemaReader known = readers.get(id);
    if (known != null) {
      return known;
    }
    if (refused.containsKey(id)) {
      throw new EventException(SCHEMA_INCOMPATIBLE, refused.get(id));
    }
    SchemaReader declaredReader = declaredReader();
    String text = registry.text(id);
    try {
      SchemaReader successor = declaredReader.successor(text);
      readers.put(id, successor);
      return successor;
    } catch (EventException | IllegalArgumentException e) {
      String why = "schema " + id + " does not follow the spec's: " + e.getMessage();
      refused.put(id, why);
      throw new EventException(SCHEMA_INCOMPATIBLE, why, e);
    }
  }

  /** The registry may be away when the pipeline starts; it is asked when a record needs it. */
  private SchemaReader declaredReader() {
    SchemaReader known = reader;
    if (known == null) {
      Integer id = declared.id();
      if (id == null) {
        throw new IllegalStateException("a spec declares a schema or its id");
      }
      known = language.apply(registry.text(id));
      reader = known;
    }
    return known;
  }
}
