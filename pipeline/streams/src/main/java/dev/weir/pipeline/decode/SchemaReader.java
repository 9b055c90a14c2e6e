package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;

/** Reads values of one schema. */
interface SchemaReader extends ValueDecoder {
  /** Returns the object in what follows a value's schema id. */
  ObjectNode behindId(ByteBuffer value);

  /**
   * Returns the reader of a schema that follows this one by the rule: a field that may be absent
   * may come and go, a number may widen, all else stays.
   *
   * @throws dev.weir.contracts.feature.EventException if it does not, with every difference
   * @throws IllegalArgumentException if the text is no schema
   */
  SchemaReader successor(String text);
}
