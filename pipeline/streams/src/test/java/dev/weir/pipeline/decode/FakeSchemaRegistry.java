package dev.weir.pipeline.decode;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers {@code GET /schemas/ids/ID} as Confluent's registry does. */
public final class FakeSchemaRegistry implements AutoCloseable {
  private final HttpServer server;
  private final Map<Integer, Map<String, String>> schemas = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /** Starts one on a free port. */
  public FakeSchemaRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/schemas/ids/", this::answer);
    server.start();
  }

  /** Registers a schema; {@code type} is {@code AVRO} or {@code PROTOBUF}. */
  public void put(int id, String type, String text) {
    Map<String, String> schema = new LinkedHashMap<>();
    schema.put("schema", text);
    if (!type.equals("AVRO")) {
      schema.put("schemaType", type);
    }
    schemas.put(id, schema);
  }

  /** Lets the next answers be 503. */
  public void fail(int answers) {
    failures.set(answers);
  }

  /** Returns how often it was asked. */
  public int requests() {
    return requests.get();
  }

  /** Returns its address. */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    Map<String, String> schema =
        schemas.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
    boolean isAway = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    byte[] body =
        Json.write(schema == null ? Map.of("error_code", 40403, "message", "none") : schema);
    exchange.sendResponseHeaders(isAway ? 503 : schema == null ? 404 : 200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
