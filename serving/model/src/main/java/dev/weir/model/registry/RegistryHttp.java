package dev.weir.model.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelException.Code;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Plain HTTP to the registry, with timeouts, for what MLflow's Java client has no call for.
 *
 * <p>Thread-safe.
 */
final class RegistryHttp {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final String base;

  RegistryHttp(URI tracking) {
    String text = tracking.toString();
    base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Returns the answer, or nothing when the registry says that the entity does not exist. */
  Optional<JsonNode> find(String path, String... query) {
    StringBuilder uri = new StringBuilder("/api/2.0/mlflow/").append(path);
    for (int i = 0; i < query.length; i += 2) {
      uri.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(encode(query[i + 1]));
    }
    HttpResponse<byte[]> response = send(request(uri.toString()).GET().build());
    // A missing alias is answered with 400 INVALID_PARAMETER_VALUE, anything else with 404.
    boolean aliasMissing = response.statusCode() == 400 && path.endsWith("/alias");
    if (response.statusCode() == 404 || aliasMissing) {
      return Optional.empty();
    }
    return Optional.of(json(checked(response, path)));
  }

  JsonNode post(String path, ObjectNode body) {
    return json(checked(posted(path, body), path));
  }

  void delete(String path, ObjectNode body) {
    checked(
        send(
            request("/api/2.0/mlflow/" + path)
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body.toString()))
                .build()),
        path);
  }

  /** Posts what may be there already. */
  void create(String path, ObjectNode body) {
    HttpResponse<byte[]> response = posted(path, body);
    String text = new String(response.body(), StandardCharsets.UTF_8);
    if (!text.contains("RESOURCE_ALREADY_EXISTS")) {
      checked(response, path);
    }
  }

  void put(String artifact, byte[] content) {
    checked(
        send(request(file(artifact)).PUT(BodyPublishers.ofByteArray(content)).build()), artifact);
  }

  byte[] get(String artifact) {
    HttpResponse<byte[]> response = send(request(file(artifact)).GET().build());
    if (response.statusCode() == 404) {
      throw new ModelException(Code.ARTIFACT_MISSING, "no artifact " + artifact);
    }
    return checked(response, artifact).body();
  }

  private HttpResponse<byte[]> posted(String path, ObjectNode body) {
    return send(
        request("/api/2.0/mlflow/" + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new ModelException(Code.REGISTRY_UNAVAILABLE, "no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Code.REGISTRY_UNAVAILABLE, "interrupted at " + request.uri(), e);
    }
  }

  private static HttpResponse<byte[]> checked(HttpResponse<byte[]> response, String what) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return response;
    }
    Code code =
        status == 404
            ? Code.ARTIFACT_MISSING
            : status == 429 || status >= 500 ? Code.REGISTRY_UNAVAILABLE : Code.MODEL_INVALID;
    String body = new String(response.body(), StandardCharsets.UTF_8);
    throw new ModelException(code, what + " answered " + status + ": " + body);
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new ModelException(Code.REGISTRY_UNAVAILABLE, "the answer is not JSON", e);
    }
  }

  private static String file(String artifact) {
    return "/api/2.0/mlflow-artifacts/artifacts/" + encode(artifact).replace("%2F", "/");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
