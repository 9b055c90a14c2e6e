package dev.weir.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;

/** Experiments: a name over runs. Number 0, "Default", exists from the start. */
final class Experiments {
  private final Store store;
  private final Clock clock;

  Experiments(Store store, Clock clock) throws IOException {
    this.store = store;
    this.clock = clock;
    if (store.count(Kind.EXPERIMENT) == 0) {
      create("Default", new Call(Store.JSON.createObjectNode()));
    }
  }

  void register(Endpoint.Routes routes) {
    routes.on("POST", "experiments/create", call -> create(call.text("name"), call));
    routes.on("GET", "experiments/get", call -> wrap(get(store, call.text("experiment_id"))));
    routes.on("GET", "experiments/get-by-name", call -> byName(call.text("experiment_name")));
    routes.on("GET", "experiments/search", this::search);
    routes.on("POST", "experiments/search", this::search);
  }

  static ObjectNode get(Store store, String id) {
    return store
        .find(Kind.EXPERIMENT, id)
        .orElseThrow(() -> ApiException.missing("No Experiment with id=" + id + " exists"));
  }

  private ObjectNode create(String name, Call call) throws IOException {
    for (ObjectNode experiment : store.all(Kind.EXPERIMENT)) {
      if (experiment.path("name").asText().equals(name)) {
        throw ApiException.exists("Experiment(name=" + name + ") already exists.");
      }
    }
    String id = Integer.toString(store.count(Kind.EXPERIMENT));
    ObjectNode experiment =
        Store.JSON
            .createObjectNode()
            .put("experiment_id", id)
            .put("name", name)
            .put("artifact_location", "mlflow-artifacts:/" + id)
            .put("lifecycle_stage", "active")
            .put("creation_time", clock.millis())
            .put("last_update_time", clock.millis());
    Pairs.tags(experiment.putArray("tags"), call.list("tags"));
    store.commit(Kind.EXPERIMENT, id, experiment);
    return Store.JSON.createObjectNode().put("experiment_id", id);
  }

  private ObjectNode byName(String name) {
    return store.all(Kind.EXPERIMENT).stream()
        .filter(experiment -> experiment.path("name").asText().equals(name))
        .findFirst()
        .map(Experiments::wrap)
        .orElseThrow(
            () -> ApiException.missing("Could not find experiment with name '" + name + "'"));
  }

  private ObjectNode search(Call call) {
    Filter filter = Filter.parse(call.text("filter", ""));
    ObjectNode answer = Store.JSON.createObjectNode();
    ArrayNode experiments = answer.putArray("experiments");
    for (ObjectNode experiment : store.all(Kind.EXPERIMENT)) {
      if (filter.accepts(experiment, experiment.path("tags"))) {
        experiments.add(experiment);
      }
    }
    return answer;
  }

  private static ObjectNode wrap(ObjectNode experiment) {
    ObjectNode answer = Store.JSON.createObjectNode();
    answer.set("experiment", experiment);
    return answer;
  }
}
