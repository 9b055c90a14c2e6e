package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import dev.weir.testkit.await.Await;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Apicurio Registry with its in-memory store, a process of its own: it wants Java 21. It is there
 * where {@code -Dapicurio.home} names its unpacked distribution and {@code -Dapicurio.java} a
 * {@code java} of 21 or later.
 */
final class ApicurioRegistry implements AutoCloseable {
  private static final String API = "/apis/ccompat/v7";
  private static final Duration START_WITHIN = Duration.ofMinutes(4);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private ApicurioRegistry(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Returns a started one, where the machine has it. */
  static Optional<ApicurioRegistry> start() throws IOException {
    String home = System.getProperty("apicurio.home", "");
    String java = System.getProperty("apicurio.java", "");
    return home.isEmpty() || java.isEmpty()
        ? Optional.empty()
        : Optional.of(start(Path.of(home), java));
  }

  private static ApicurioRegistry start(Path home, String java) throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Dquarkus.http.port=" + port,
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.management.host=127.0.0.1",
                    "-Dquarkus.management.port=0",
                    "-jar",
                    "quarkus-run.jar"))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(new File("target/apicurio.log"))
            .start();
    ApicurioRegistry registry =
        new ApicurioRegistry(process, URI.create("http://127.0.0.1:" + port + API));
    try {
      Await.until(START_WITHIN, registry::isUp, () -> "the registry does not answer");
    } catch (AssertionError e) {
      registry.close();
      throw e;
    }
    return registry;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isUp() {
    try {
      return send(HttpRequest.newBuilder(URI.create(address + "/subjects"))).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Registers a schema and returns its id. */
  int register(String subject, String type, String text) throws IOException {
    byte[] body = Json.write(Map.of("schema", text, "schemaType", type));
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(address + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return Json.read(answer.body(), JsonNode.class).path("id").asInt();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
