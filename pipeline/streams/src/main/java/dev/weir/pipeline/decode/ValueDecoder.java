package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads one format of values. */
interface ValueDecoder {
  /** How deeply objects and lists may be nested: no feature lies deeper, a stack ends earlier. */
  int MAX_DEPTH = 32;

  /** What a user is told of deeper ones. */
  String TOO_DEEP_MESSAGE = "objects and lists are nested more than " + MAX_DEPTH + " deep";

  /**
   * Returns the object in a value; the caller may change it.
   *
   * @throws dev.weir.contracts.feature.EventException if there is none, with the reason
   */
  ObjectNode decode(byte[] value);
}
