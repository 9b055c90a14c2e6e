package dev.weir.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.regex.Pattern;

/** Registered models and their aliases. */
final class Models {
  private static final Pattern RESERVED = Pattern.compile("(?i:latest|v\\d+)");
  private static final Pattern ALIAS = Pattern.compile("[\\w\\-]{1,255}");

  private final Store store;
  private final Clock clock;

  Models(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  void register(Endpoint.Routes routes) {
    routes.on("POST", "registered-models/create", this::create);
    routes.on("GET", "registered-models/get", call -> wrap(get(store, call.text("name"))));
    routes.on("GET", "registered-models/search", this::search);
    routes.on("POST", "registered-models/set-tag", this::setTag);
    routes.on("POST", "registered-models/alias", this::setAlias);
    routes.on("GET", "registered-models/alias", this::byAlias);
    routes.on("DELETE", "registered-models/alias", this::deleteAlias);
  }

  static ObjectNode get(Store store, String name) {
    return store
        .find(Kind.MODEL, name)
        .orElseThrow(
            () -> ApiException.missing("Registered Model with name=" + name + " not found"));
  }

  private ObjectNode create(Call call) throws IOException {
    String name = call.text("name");
    if (name.contains("/") || name.contains(":")) {
      throw ApiException.invalid("Invalid model name: '" + name + "'");
    }
    if (store.find(Kind.MODEL, name).isPresent()) {
      throw ApiException.exists("Registered Model (name=" + name + ") already exists.");
    }
    ObjectNode model =
        Store.JSON
            .createObjectNode()
            .put("name", name)
            .put("creation_timestamp", clock.millis())
            .put("description", call.text("description", ""));
    Pairs.tags(model.putArray("tags"), call.list("tags"));
    model.putArray("aliases");
    commit(model);
    return wrap(model);
  }

  private ObjectNode search(Call call) {
    Filter filter = Filter.parse(call.text("filter", ""));
    ObjectNode answer = Store.JSON.createObjectNode();
    ArrayNode models = answer.putArray("registered_models");
    for (ObjectNode model : store.all(Kind.MODEL)) {
      if (filter.accepts(model, model.path("tags"))) {
        models.add(model);
      }
    }
    return answer;
  }

  private ObjectNode setTag(Call call) throws IOException {
    ObjectNode model = get(store, call.text("name"));
    Pairs.tag(model.withArray("tags"), call.text("key"), call.text("value", ""));
    commit(model);
    return Store.JSON.createObjectNode();
  }

  private ObjectNode setAlias(Call call) throws IOException {
    String alias = call.text("alias");
    if (RESERVED.matcher(alias).matches() || !ALIAS.matcher(alias).matches()) {
      throw ApiException.invalid("Alias name '" + alias + "' is reserved or not valid");
    }
    ObjectNode model = get(store, call.text("name"));
    Versions.get(store, call.text("name"), call.text("version"));
    Pairs.put(model.withArray("aliases"), "alias", alias, "version", call.text("version"));
    commit(model);
    return Store.JSON.createObjectNode();
  }

  private ObjectNode byAlias(Call call) {
    ObjectNode model = get(store, call.text("name"));
    String alias = call.text("alias");
    String version = Pairs.value(model.path("aliases"), "alias", alias, "version");
    if (version.isEmpty()) {
      throw ApiException.invalid("Registered model alias " + alias + " not found.");
    }
    return Versions.wrap(Versions.get(store, call.text("name"), version));
  }

  private ObjectNode deleteAlias(Call call) throws IOException {
    ObjectNode model = get(store, call.text("name"));
    Pairs.remove(model.withArray("aliases"), "alias", call.text("alias"));
    commit(model);
    return Store.JSON.createObjectNode();
  }

  private void commit(ObjectNode model) throws IOException {
    model.put("last_updated_timestamp", clock.millis());
    store.commit(Kind.MODEL, model.path("name").asText(), model);
  }

  private static ObjectNode wrap(ObjectNode model) {
    ObjectNode answer = Store.JSON.createObjectNode();
    answer.set("registered_model", model);
    return answer;
  }
}
