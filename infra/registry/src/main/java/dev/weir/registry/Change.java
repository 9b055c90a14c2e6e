package dev.weir.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The new state of one entity, or one more metric of a run. */
record Change(Kind kind, String key, ObjectNode document) {}
