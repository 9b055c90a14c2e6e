package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads one format of values. */
interface ValueDecoder {
  /**
   * Returns the object in a value.
   *
   * @throws dev.weir.contracts.feature.EventException if there is none, with the reason
   */
  ObjectNode decode(byte[] value);
}
