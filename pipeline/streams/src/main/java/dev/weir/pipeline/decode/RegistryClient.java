package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.SCHEMA_INCOMPATIBLE;
import static dev.weir.contracts.feature.EventException.Reason.SCHEMA_UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.RecordFormat.Encoding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks schemas up by {@code GET /schemas/ids/ID}, the call that every registry with Confluent's
 * REST API has.
 *
 * <p>While a registry cannot be reached, or answers with neither the schema nor "there is none",
 * the record waits: to pass it over would lose it, to make it a dead letter would fill that topic
 * with good records. It is asked again after a pause that doubles up to ten seconds.
 */
final class RegistryClient {
  private static final Logger log = LoggerFactory.getLogger(RegistryClient.class);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
  private final URI address;
  private final Encoding encoding;
  private final Pause pause;

  /** What is done between two tries. */
  @FunctionalInterface
  interface Pause {
    /** Counts the failed try and waits; {@code tries} is 1 after the first. */
    void afterTry(int tries) throws InterruptedException;
  }

  RegistryClient(URI address, Encoding encoding, Pause pause) {
    this.address = address;
    this.encoding = encoding;
    this.pause = pause;
  }

  /**
   * Returns the text of a schema; waits for as long as the registry is away.
   *
   * @throws EventException if there is no such schema, or it is not one to read
   */
  String text(int id) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/schemas/ids/" + id))
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
            .timeout(ANSWER_WITHIN)
            .build();
    HttpResponse<String> answer = answer(request);
    if (answer.statusCode() == NOT_FOUND) {
      throw new EventException(SCHEMA_UNKNOWN, address + " has no schema " + id);
    }
    return text(id, Json.read(answer.body(), JsonNode.class));
  }

  private String text(int id, JsonNode schema) {
    // Without a type it is Avro: the field is younger than the API.
    String type = schema.path("schemaType").asText(Encoding.AVRO.name());
    if (!type.equals(encoding.name())) {
      throw new EventException(
          SCHEMA_INCOMPATIBLE, "schema " + id + " is " + type + ", the spec says " + encoding);
    }
    if (!schema.path("references").isEmpty()) {
      throw new EventException(
          SCHEMA_INCOMPATIBLE, "schema " + id + " refers to others, which are not read");
    }
    return schema.path("schema").asText();
  }

  private HttpResponse<String> answer(HttpRequest request) {
    for (int tries = 1; ; tries++) {
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == OK || answer.statusCode() == NOT_FOUND) {
          return answer;
        }
        tell(tries, "status " + answer.statusCode());
      } catch (IOException e) {
        tell(tries, e.toString());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      rest(tries);
    }
  }

  private void rest(int tries) {
    try {
      pause.afterTry(tries);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void tell(int tries, String why) {
    if (tries == 1) {
      log.warn("schema registry is away, records wait registry={} why={}", address, why);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for the schema registry", e);
  }
}
