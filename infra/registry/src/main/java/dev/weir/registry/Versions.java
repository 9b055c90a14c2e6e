package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;

/** Versions of registered models, numbered from 1. */
final class Versions {
  private final Store store;
  private final Clock clock;

  Versions(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  void register(Endpoint.Routes routes) {
    routes.on("POST", "model-versions/create", this::create);
    routes.on("GET", "model-versions/get", call -> wrap(get(call)));
    routes.on("GET", "model-versions/search", this::search);
    routes.on("POST", "model-versions/set-tag", this::setTag);
    routes.on("GET", "model-versions/get-download-uri", this::downloadUri);
  }

  static ObjectNode get(Store store, String name, String version) {
    ObjectNode found =
        store
            .find(Kind.VERSION, key(name, version))
            .orElseThrow(
                () ->
                    ApiException.missing(
                        "Model Version (name=" + name + ", version=" + version + ") not found"));
    return withAliases(store, found);
  }

  static ObjectNode wrap(ObjectNode version) {
    ObjectNode answer = Store.JSON.createObjectNode();
    answer.set("model_version", version);
    return answer;
  }

  private ObjectNode create(Call call) throws IOException {
    String name = call.text("name");
    Models.get(store, name);
    long count =
        store.all(Kind.VERSION).stream().filter(v -> v.path("name").asText().equals(name)).count();
    String number = Long.toString(count + 1);
    ObjectNode version =
        Store.JSON
            .createObjectNode()
            .put("name", name)
            .put("version", number)
            .put("creation_timestamp", clock.millis())
            .put("last_updated_timestamp", clock.millis())
            .put("current_stage", "None")
            .put("description", call.text("description", ""))
            .put("source", call.text("source"))
            .put("run_id", call.text("run_id", ""))
            .put("status", "READY");
    Pairs.tags(version.putArray("tags"), call.list("tags"));
    store.commit(Kind.VERSION, key(name, number), version);
    return wrap(version);
  }

  private ObjectNode search(Call call) {
    Filter filter = Filter.parse(call.text("filter", ""));
    ObjectNode answer = Store.JSON.createObjectNode();
    ArrayNode versions = answer.putArray("model_versions");
    for (ObjectNode version : store.all(Kind.VERSION)) {
      if (filter.accepts(version, version.path("tags"))) {
        versions.add(withAliases(store, version));
      }
    }
    return answer;
  }

  private ObjectNode setTag(Call call) throws IOException {
    ObjectNode version = get(call);
    version.remove("aliases");
    Pairs.tag(version.withArray("tags"), call.text("key"), call.text("value", ""));
    version.put("last_updated_timestamp", clock.millis());
    store.commit(Kind.VERSION, key(call.text("name"), call.text("version")), version);
    return Store.JSON.createObjectNode();
  }

  private ObjectNode downloadUri(Call call) {
    return Store.JSON.createObjectNode().put("artifact_uri", get(call).path("source").asText());
  }

  private ObjectNode get(Call call) {
    return get(store, call.text("name"), call.text("version"));
  }

  private static ObjectNode withAliases(Store store, ObjectNode version) {
    ArrayNode aliases = version.putArray("aliases");
    JsonNode all = Models.get(store, version.path("name").asText()).path("aliases");
    for (JsonNode alias : all) {
      if (alias.path("version").asText().equals(version.path("version").asText())) {
        aliases.add(alias.path("alias").asText());
      }
    }
    return version;
  }

  private static String key(String name, String version) {
    return name + "/" + version;
  }
}
