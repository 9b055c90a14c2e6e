package dev.weir.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.tracking.MlflowClient;

class RegistryServerTest {
  private static final String API = "/api/2.0/mlflow/";
  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path directory;
  private RegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = RegistryServer.start(directory, "127.0.0.1", 0, CLOCK);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void mlflowsOwnClientReadsBackWhatItLogged() {
    try (MlflowClient client = new MlflowClient(server.uri().toString())) {
      String experiment = client.createExperiment("flights");
      String run = client.createRun(experiment).getRunId();
      client.logBatch(
          run,
          List.of(Metric.newBuilder().setKey("brier").setValue(0.125).setTimestamp(5).build()),
          List.of(Param.newBuilder().setKey("seed").setValue("7").build()),
          List.of());
      client.logMetric(run, "brier", 0.25);
      client.setTag(run, "weir.requestId", "r1");
      client.setTerminated(run);

      var read = client.getRun(run);
      assertThat(read.getData().getMetrics(0).getValue()).isEqualTo(0.25);
      assertThat(read.getData().getParams(0).getValue()).isEqualTo("7");
      assertThat(read.getInfo().getStatus().name()).isEqualTo("FINISHED");
      assertThat(client.getMetricHistory(run, "brier")).hasSize(2);
      assertThat(client.getExperimentByName("flights")).isPresent();
      assertThat(client.searchRuns(List.of(experiment), "tags.weir.requestId = 'r1'")).hasSize(1);
      assertThat(client.searchRuns(List.of(experiment), "tags.weir.requestId = 'no'")).isEmpty();
    }
  }

  @Test
  void aliasMovesAndVanishes() throws Exception {
    modelWithTwoVersions();
    post("registered-models/alias", "{'name':'m','alias':'champion','version':'1'}");
    post("registered-models/alias", "{'name':'m','alias':'champion','version':'2'}");
    assertThat(get(API + "registered-models/alias?name=m&alias=champion").body())
        .contains("\"version\":\"2\"", "\"aliases\":[\"champion\"]");

    send("DELETE", API + "registered-models/alias", "{'name':'m','alias':'champion'}");

    var gone = get(API + "registered-models/alias?name=m&alias=champion");
    assertThat(gone.statusCode()).isEqualTo(400);
    assertThat(gone.body()).contains("INVALID_PARAMETER_VALUE");
  }

  @Test
  void missingModelIsNotFoundAndReservedAliasRefused() throws Exception {
    modelWithTwoVersions();
    var missing = get(API + "registered-models/get?name=none");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("RESOURCE_DOES_NOT_EXIST");
    assertThat(
            post("registered-models/alias", "{'name':'m','alias':'v1','version':'1'}").statusCode())
        .isEqualTo(400);
    assertThat(post("registered-models/create", "{'name':'m'}").body())
        .contains("RESOURCE_ALREADY_EXISTS");
  }

  @Test
  void everythingAcknowledgedSurvivesARestartWithATornLine() throws Exception {
    modelWithTwoVersions();
    post("registered-models/alias", "{'name':'m','alias':'champion','version':'2'}");
    send("PUT", FILES + "0/r/artifacts/model/a%20b.bin", "bytes");
    server.close();
    Files.writeString(
        directory.resolve("journal.jsonl"), "[{\"kind\":\"MOD", StandardOpenOption.APPEND);

    server = RegistryServer.start(directory, "127.0.0.1", 0, CLOCK);

    assertThat(server.tornLines()).isEqualTo(1);
    assertThat(get(API + "registered-models/alias?name=m&alias=champion").body())
        .contains("\"version\":\"2\"");
    assertThat(get(FILES + "0/r/artifacts/model/a%20b.bin").body()).isEqualTo("bytes");
    assertThat(post("registered-models/create", "{'name':'after'}").statusCode()).isEqualTo(200);
    server.close();
    server = RegistryServer.start(directory, "127.0.0.1", 0, CLOCK);
    assertThat(server.tornLines()).isZero();
    assertThat(get(API + "registered-models/get?name=after").statusCode()).isEqualTo(200);
  }

  @Test
  void pathsOutsideTheStoreAreRefused() throws Exception {
    Files.writeString(directory.resolve("secret"), "secret", UTF_8);
    for (String path :
        List.of(
            "%2e%2e/secret",
            "a/%2e%2e/%2e%2e/secret",
            "..%2fsecret",
            "%2fetc/passwd",
            "a%5c..%5csecret",
            "../secret")) {
      assertThat(get(FILES + path).statusCode()).as(path).isIn(400, 404);
      assertThat(send("PUT", FILES + path, "x").statusCode()).as(path).isIn(400, 404, 405);
    }
    assertThat(Files.readString(directory.resolve("secret"))).isEqualTo("secret");
  }

  @Test
  void secondServerOnTheSameDirectoryIsRefused() {
    assertThatThrownBy(() -> RegistryServer.start(directory, "127.0.0.1", 0, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void healthIsOkAndUnknownEndpointIsNotFound() throws Exception {
    assertThat(get("/health").body()).isEqualTo("OK");
    assertThat(get(API + "nothing").body()).contains("ENDPOINT_NOT_FOUND");
  }

  private void modelWithTwoVersions() throws Exception {
    post("registered-models/create", "{'name':'m'}");
    post("model-versions/create", "{'name':'m','source':'mlflow-artifacts:/0/a'}");
    post("model-versions/create", "{'name':'m','source':'mlflow-artifacts:/0/b'}");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return send("POST", API + path, json);
  }

  private HttpResponse<String> send(String method, String path, String json) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, BodyPublishers.ofString(json.replace('\'', '"')))
            .build(),
        BodyHandlers.ofString());
  }
}
