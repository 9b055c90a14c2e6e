package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import dev.weir.testkit.await.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's command as a process: one JSON object, HTTP endpoints, a clean end by SIGTERM. */
class PackagedDemoIT {
  private static final Duration REPLAY = Duration.ofMinutes(10);
  private static final int FEATURES = 15;

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private String address;
  private Path printed;
  private Path told;
  private Process weir;

  @BeforeEach
  void start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    address = "http://127.0.0.1:" + port;
    printed = directory.resolve("stdout");
    told = directory.resolve("stderr");
    Path home = Path.of(System.getProperty("weir.home"));
    weir =
        new ProcessBuilder(
                home.resolve("weir").toString(),
                "demo",
                "--json",
                "--port",
                Integer.toString(port),
                "--data-dir",
                directory.resolve("data").toString())
            .redirectOutput(printed.toFile())
            .redirectError(told.toFile())
            .start();
  }

  @AfterEach
  void stop() {
    weir.destroyForcibly();
  }

  @Test
  void itPrintsOneObjectServesTheNewVersionAndEndsCleanly() throws Exception {
    Await.until(REPLAY, this::hasPrintedOrEnded, () -> "nothing printed; stderr " + read(told));
    assertThat(read(printed).lines()).hasSize(1);
    JsonNode report = Json.read(read(printed), JsonNode.class);
    assertThat(report.get("events").asInt()).isEqualTo(9746);
    assertThat(report.get("certificatesVerified").asInt()).isGreaterThanOrEqualTo(4);

    assertThat(get("/v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/q/health/live").body()).contains("\"roles\"").doesNotContain("DOWN");
    JsonNode answer = Json.read(infer().body(), JsonNode.class);
    assertThat(answer.get("model_version").asText()).isEqualTo("2");
    assertThat(get("/api/models/flights/decisions").statusCode()).isEqualTo(200);
    assertThat(get("/").body()).contains("<html");
    assertThat(get("/q/metrics").body()).contains("weir_pipeline_examples_total");

    // Not SIGINT: a process that a script starts in the background ignores it.
    weir.destroy();
    assertThat(weir.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(weir.exitValue()).isIn(130, 143);
    assertThat(read(printed).lines()).hasSize(1);
    assertThat(read(told)).doesNotContain("Exception");
  }

  private boolean hasPrintedOrEnded() {
    return read(printed).endsWith("\n") || !weir.isAlive();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> infer() throws IOException, InterruptedException {
    String data = String.join(", ", Collections.nCopies(FEATURES, "1"));
    String body =
        "{\"inputs\": [{\"name\": \"features\", \"datatype\": \"FP32\", \"shape\": [1, "
            + FEATURES
            + "], \"data\": ["
            + data
            + "]}]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/v2/models/flights/infer"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
