package dev.weir.serving.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventFields;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An inference request of the Open Inference Protocol, version 2: one input {@code features}, FP32,
 * [N, F], its data flat or nested; {@code null} is a missing number. {@code parameters.ids} may
 * name the events.
 *
 * @param id the caller's id of the request; empty when there is none
 * @param rows the feature vectors
 * @param ids the events' ids; empty when the caller names none
 */
@SuppressWarnings("ArrayRecordComponent")
record InferenceRequest(String id, float[][] rows, List<String> ids) {
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  static InferenceRequest parse(byte[] body, int features, Limits limits) {
    limits.requireBytes(body.length);
    JsonNode root = object(body);
    JsonNode inputs = root.path("inputs");
    if (inputs.size() != 1 || !"features".equals(inputs.path(0).path("name").asText())) {
      throw bad("'inputs' must hold exactly one tensor, named 'features'");
    }
    JsonNode tensor = inputs.path(0);
    if (!"FP32".equals(tensor.path("datatype").asText())) {
      throw bad("the datatype of 'features' must be FP32");
    }
    JsonNode shape = tensor.path("shape");
    if (shape.size() != 2 || shape.path(1).asLong() != features) {
      throw bad("the shape of 'features' must be [rows, " + features + "]");
    }
    limits.requireRows(shape.path(0).asLong());
    int n = shape.path(0).asInt();
    float[][] rows = rows(values(tensor.path("data"), n, features), n, features);
    return new InferenceRequest(root.path("id").asText(""), rows, ids(root, n));
  }

  static JsonNode object(byte[] body) {
    try {
      JsonNode root = READER.readValue(body);
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (IOException e) {
      throw bad("the body is not JSON, or names a field twice");
    }
    throw bad("the body must be a JSON object");
  }

  private static List<JsonNode> values(JsonNode data, int n, int features) {
    List<JsonNode> values = new ArrayList<>(n * features);
    for (JsonNode element : data) {
      if (element.isArray()) {
        if (element.size() != features) {
          throw bad("each row of 'data' must hold " + features + " numbers");
        }
        element.forEach(values::add);
      } else {
        values.add(element);
      }
    }
    if (values.size() != n * features) {
      throw bad("'data' holds " + values.size() + " numbers, the shape says " + n * features);
    }
    return values;
  }

  private static float[][] rows(List<JsonNode> values, int n, int features) {
    float[][] rows = new float[n][features];
    for (int i = 0; i < values.size(); i++) {
      rows[i / features][i % features] = number(values.get(i), i);
    }
    return rows;
  }

  private static float number(JsonNode node, int position) {
    if (node.isNull()) {
      return Float.NaN;
    }
    float value = (float) node.asDouble();
    if (!node.isNumber() || !Float.isFinite(value)) {
      throw bad("'data' at " + position + " must be a finite number or null");
    }
    return value;
  }

  private static List<String> ids(JsonNode root, int n) {
    JsonNode ids = root.path("parameters").path("ids");
    if (ids.isMissingNode()) {
      return List.of();
    }
    if (!ids.isArray() || ids.size() != n) {
      throw bad("'parameters.ids' must be an array that names " + n + " events");
    }
    List<String> texts = new ArrayList<>(n);
    for (JsonNode id : ids) {
      texts.add(text(id, "parameters.ids[" + texts.size() + "]"));
    }
    return texts;
  }

  private static String text(JsonNode node, String field) {
    try {
      return EventFields.text(node, field);
    } catch (EventException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(400, detail);
  }
}
