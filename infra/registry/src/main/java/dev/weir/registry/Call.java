package dev.weir.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;

/** The arguments of one request: the query's and, over them, those of the JSON body. */
record Call(ObjectNode arguments) {

  static Call of(RoutingContext context) {
    ObjectNode arguments = Store.JSON.createObjectNode();
    context.queryParams().forEach(entry -> arguments.put(entry.getKey(), entry.getValue()));
    String body = context.body().asString();
    if (body != null && !body.isBlank()) {
      try {
        if (!(Store.JSON.readTree(body) instanceof ObjectNode object)) {
          throw ApiException.invalid("the body must be a JSON object");
        }
        arguments.setAll(object);
      } catch (JsonProcessingException e) {
        throw ApiException.invalid("the body is not JSON: " + e.getOriginalMessage());
      }
    }
    return new Call(arguments);
  }

  /** Returns a required argument that is not empty. */
  String text(String name) {
    String value = text(name, "");
    if (value.isEmpty()) {
      throw ApiException.invalid("Missing value for required parameter '" + name + "'");
    }
    return value;
  }

  String text(String name, String otherwise) {
    JsonNode value = arguments.path(name);
    return value.isMissingNode() || value.isNull() ? otherwise : value.asText();
  }

  long number(String name, long otherwise) {
    return arguments.path(name).asLong(otherwise);
  }

  boolean has(String name) {
    return arguments.hasNonNull(name);
  }

  JsonNode list(String name) {
    return arguments.path(name);
  }
}
