package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All entities in memory, rebuilt from the journal at start.
 *
 * <p>One commit is one line, so a commit of several changes is kept whole or not at all. Documents
 * handed out are copies. Not thread-safe: the server holds one lock per request.
 */
final class Store implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Kind, Map<String, ObjectNode>> documents = new EnumMap<>(Kind.class);
  private final Map<String, List<ObjectNode>> metrics = new LinkedHashMap<>();
  private final Journal journal;

  private Store(Journal journal) {
    this.journal = journal;
    for (Kind kind : Kind.values()) {
      documents.put(kind, new LinkedHashMap<>());
    }
  }

  static Store open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Store store = new Store(Journal.open(directory.resolve("journal.jsonl")));
    try {
      for (String line : store.journal.lines()) {
        for (JsonNode change : JSON.readTree(line)) {
          store.apply(
              new Change(
                  Kind.valueOf(change.path("kind").asText()),
                  change.path("key").asText(),
                  change.withObject("/document")));
        }
      }
      store.journal.lines().clear();
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw new IOException("journal is damaged: " + directory, e);
    }
  }

  Optional<ObjectNode> find(Kind kind, String key) {
    return Optional.ofNullable(of(kind).get(key)).map(ObjectNode::deepCopy);
  }

  List<ObjectNode> all(Kind kind) {
    return of(kind).values().stream().map(ObjectNode::deepCopy).toList();
  }

  int count(Kind kind) {
    return of(kind).size();
  }

  List<ObjectNode> metrics(String runId) {
    return List.copyOf(metrics.getOrDefault(runId, List.of()));
  }

  int tornLines() {
    return journal.tornLines();
  }

  void commit(Kind kind, String key, ObjectNode document) throws IOException {
    commit(List.of(new Change(kind, key, document)));
  }

  void commit(List<Change> changes) throws IOException {
    ArrayNode line = JSON.createArrayNode();
    for (Change change : changes) {
      line.addObject()
          .put("kind", change.kind().name())
          .put("key", change.key())
          .set("document", change.document());
    }
    journal.append(JSON.writeValueAsString(line));
    changes.forEach(this::apply);
  }

  private void apply(Change change) {
    if (change.kind() == Kind.METRIC) {
      metrics.computeIfAbsent(change.key(), key -> new ArrayList<>()).add(change.document());
    } else {
      of(change.kind()).put(change.key(), change.document().deepCopy());
    }
  }

  private Map<String, ObjectNode> of(Kind kind) {
    return documents.computeIfAbsent(kind, any -> new LinkedHashMap<>());
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
