package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs with their parameters, tags and metric histories. */
final class Runs {
  private final Store store;
  private final Clock clock;

  Runs(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  void register(Endpoint.Routes routes) {
    routes.on("POST", "runs/create", this::create);
    routes.on("GET", "runs/get", call -> wrap(full(get(id(call)))));
    routes.on("POST", "runs/update", this::update);
    routes.on("POST", "runs/search", this::search);
    routes.on("POST", "runs/log-metric", this::logMetric);
    routes.on("POST", "runs/log-parameter", this::logParameter);
    routes.on("POST", "runs/set-tag", this::setTag);
    routes.on("POST", "runs/log-batch", this::logBatch);
    routes.on("GET", "metrics/get-history", this::history);
  }

  static String artifactUri(Store store, String runId) {
    return store
        .find(Kind.RUN, runId)
        .map(run -> run.path("info").path("artifact_uri").asText())
        .orElseThrow(() -> ApiException.missing("Run with id=" + runId + " not found"));
  }

  private ObjectNode create(Call call) throws IOException {
    String experiment = call.text("experiment_id", "0");
    Experiments.get(store, experiment);
    String id = nextId(experiment);
    ObjectNode run = Store.JSON.createObjectNode();
    run.putObject("info")
        .put("run_id", id)
        .put("run_uuid", id)
        .put("run_name", call.text("run_name", "run-" + id.substring(0, 8)))
        .put("experiment_id", experiment)
        .put("user_id", call.text("user_id", ""))
        .put("status", "RUNNING")
        .put("start_time", call.number("start_time", clock.millis()))
        .put("artifact_uri", "mlflow-artifacts:/" + experiment + "/" + id + "/artifacts")
        .put("lifecycle_stage", "active");
    ObjectNode data = run.putObject("data");
    data.putArray("params");
    Pairs.tags(data.putArray("tags"), call.list("tags"));
    store.commit(Kind.RUN, id, run);
    return wrap(full(run));
  }

  /**
   * Ids are a digest of the run's number and time: as long as MLflow's, and none is given twice.
   */
  private String nextId(String experiment) {
    String seed = experiment + "/" + store.count(Kind.RUN) + "/" + clock.millis();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private ObjectNode update(Call call) throws IOException {
    ObjectNode run = get(id(call));
    ObjectNode info = run.withObject("/info");
    if (call.has("status")) {
      info.put("status", call.text("status"));
    }
    if (call.has("end_time")) {
      info.put("end_time", call.number("end_time", 0));
    }
    if (call.has("run_name")) {
      info.put("run_name", call.text("run_name"));
    }
    store.commit(Kind.RUN, id(call), run);
    ObjectNode answer = Store.JSON.createObjectNode();
    answer.set("run_info", info);
    return answer;
  }

  private ObjectNode search(Call call) {
    Filter filter = Filter.parse(call.text("filter", ""));
    Set<String> experiments = new HashSet<>();
    call.list("experiment_ids").forEach(id -> experiments.add(id.asText()));
    long limit = call.number("max_results", 1000);
    ObjectNode answer = Store.JSON.createObjectNode();
    ArrayNode runs = answer.putArray("runs");
    List<ObjectNode> all = store.all(Kind.RUN);
    for (int i = all.size() - 1; i >= 0 && runs.size() < limit; i--) {
      JsonNode info = all.get(i).path("info");
      if (experiments.contains(info.path("experiment_id").asText())
          && filter.accepts(info, all.get(i).path("data").path("tags"))) {
        runs.add(full(all.get(i)));
      }
    }
    return answer;
  }

  private ObjectNode logMetric(Call call) throws IOException {
    get(id(call));
    store.commit(Kind.METRIC, id(call), metric(call.arguments()));
    return Store.JSON.createObjectNode();
  }

  private ObjectNode logParameter(Call call) throws IOException {
    ObjectNode run = get(id(call));
    parameter(run, call.text("key"), call.text("value", ""));
    store.commit(Kind.RUN, id(call), run);
    return Store.JSON.createObjectNode();
  }

  private ObjectNode setTag(Call call) throws IOException {
    ObjectNode run = get(id(call));
    Pairs.tag(run.withObject("/data").withArray("tags"), call.text("key"), call.text("value", ""));
    store.commit(Kind.RUN, id(call), run);
    return Store.JSON.createObjectNode();
  }

  private ObjectNode logBatch(Call call) throws IOException {
    ObjectNode run = get(id(call));
    List<Change> changes = new ArrayList<>();
    for (JsonNode param : call.list("params")) {
      parameter(run, param.path("key").asText(), param.path("value").asText());
    }
    Pairs.tags(run.withObject("/data").withArray("tags"), call.list("tags"));
    changes.add(new Change(Kind.RUN, id(call), run));
    for (JsonNode metric : call.list("metrics")) {
      changes.add(new Change(Kind.METRIC, id(call), metric(metric)));
    }
    store.commit(changes);
    return Store.JSON.createObjectNode();
  }

  private ObjectNode history(Call call) {
    get(id(call));
    ObjectNode answer = Store.JSON.createObjectNode();
    ArrayNode metrics = answer.putArray("metrics");
    for (ObjectNode metric : store.metrics(id(call))) {
      if (metric.path("key").asText().equals(call.text("metric_key"))) {
        metrics.add(metric);
      }
    }
    return answer;
  }

  /** A parameter is written once; the same value again is no error, as in MLflow. */
  private static void parameter(ObjectNode run, String key, String value) {
    ArrayNode params = run.withObject("/data").withArray("params");
    for (JsonNode param : params) {
      if (param.path("key").asText().equals(key) && !param.path("value").asText().equals(value)) {
        throw ApiException.invalid("Changing param values is not allowed: '" + key + "'");
      }
    }
    Pairs.tag(params, key, value);
  }

  private ObjectNode metric(JsonNode given) {
    try {
      return Store.JSON
          .createObjectNode()
          .put("key", given.path("key").asText())
          .put("value", Double.parseDouble(given.path("value").asText()))
          .put("timestamp", given.path("timestamp").asLong(clock.millis()))
          .put("step", given.path("step").asLong(0));
    } catch (NumberFormatException e) {
      throw ApiException.invalid("metric value is no number: " + given.path("value").asText());
    }
  }

  private ObjectNode full(ObjectNode run) {
    Map<String, ObjectNode> latest = new LinkedHashMap<>();
    for (ObjectNode metric : store.metrics(run.path("info").path("run_id").asText())) {
      latest.put(metric.path("key").asText(), metric);
    }
    run.withObject("/data").putArray("metrics").addAll(latest.values());
    return run;
  }

  private ObjectNode get(String id) {
    return store
        .find(Kind.RUN, id)
        .orElseThrow(() -> ApiException.missing("Run with id=" + id + " not found"));
  }

  private static String id(Call call) {
    return call.has("run_id") ? call.text("run_id") : call.text("run_uuid");
  }

  private static ObjectNode wrap(ObjectNode run) {
    ObjectNode answer = Store.JSON.createObjectNode();
    answer.set("run", run);
    return answer;
  }
}
