package dev.weir.serving.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.weir.contracts.event.Prediction;
import dev.weir.serving.Models;
import dev.weir.serving.live.LiveModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InferenceTest {
  private static final String INFER = "/v2/models/late/infer";

  @Inject ServingRegistry serving;
  private final List<Prediction> logged = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    Models models = new Models();
    LiveModels live = new LiveModels(models.loader(), new SimpleMeterRegistry());
    live.apply(Models.deployment(1, models.version(1, 0.25), models.version(2, 0.5)));
    serving.install(
        new ServingRegistry.Installation(
            live,
            Map.of(Models.MODEL, Models.SPEC),
            (model, row, prediction) -> logged.add(prediction),
            Clock.fixed(Models.START, ZoneOffset.UTC),
            new Limits(4, 2000)));
  }

  @Test
  void championAnswersFlatAndNestedData() {
    for (String data : List.of("[1,2,0.5,null,0,0.1]", "[[1,2,0.5],[null,0,0.1]]")) {
      post(INFER, tensor("[2,3]", data))
          .statusCode(200)
          .body("model_name", equalTo("late"))
          .body("model_version", equalTo("1"))
          .body("outputs[0].name", equalTo("probability"))
          .body("outputs[0].datatype", equalTo("FP64"))
          .body("outputs[0].shape", contains(2))
          .body("outputs[0].data", contains(0.25f, 0.25f));
    }
    Assertions.assertThat(logged).isEmpty();
  }

  @Test
  void namedEventsAreLogged() {
    post(INFER, named("[\"e1\"]")).statusCode(200);
    Assertions.assertThat(logged).extracting(Prediction::eventId).containsExactly("e1");
  }

  @Test
  void wrongShapeIsAProblem() {
    post(INFER, tensor("[1,2]", "[1,2]"))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400))
        .body("title", equalTo("Bad Request"))
        .body("error", containsString("[rows, 3]"));
  }

  @Test
  void tooManyRowsAndTooLongBodiesAreRefused() {
    post(INFER, tensor("[5,3]", "[1,2,3,1,2,3,1,2,3,1,2,3,1,2,3]"))
        .statusCode(400)
        .body("detail", containsString("1 to 4 rows"));
    post(INFER, tensor("[1,3]", "[1,2,3]") + " ".repeat(2000)).statusCode(413);
  }

  @Test
  void rawEventsAreEncodedAndDerivedFeaturesMustBeNamed() {
    post(
            "/models/late/predict",
            "{\"events\":[{\"id\":\"e7\",\"distance\":5,\"carrier\":\"AA\",\"rate\":0.2}]}")
        .statusCode(200)
        .body("model_version", equalTo("1"))
        .body("predictions[0].id", equalTo("e7"))
        .body("predictions[0].probability", equalTo(0.25f))
        .body("predictions[0].selected", equalTo(false));
    Assertions.assertThat(logged).extracting(Prediction::eventId).containsExactly("e7");
    post("/models/late/predict", "{\"events\":[{\"id\":\"e7\",\"distance\":5}]}")
        .statusCode(400)
        .body("detail", containsString("by name: rate"));
  }

  @Test
  void eventsThatIngestWouldRefuseAreProblemsThatNameTheField() {
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("\"id\":\"\"", "field 'id' is empty");
    refused.put("\"id\":true", "field 'id' must be a text");
    refused.put("\"id\":1.5", "field 'id' must be a text");
    refused.put("\"id\":{}", "field 'id' must be a text");
    refused.put("\"id\":\"a\\u0000b\"", "field 'id' must not contain NUL");
    refused.put("\"plane\":\"N1\"", "field 'id' is missing");
    refused.put("\"id\":\"e1\",\"plane\":false", "field 'plane' must be a text");
    refused.put("\"id\":\"e1\",\"at\":-1", "field 'at' must not lie before 1970");
    refused.put("\"id\":\"e1\",\"at\":\"1969-12-31T23:59:59Z\"", "before 1970");
    refused.put("\"id\":\"e1\",\"at\":\"2024-01-10T01:00:01Z\"", "field 'at' must not lie after");
    refused.put("\"id\":\"e1\",\"at\":1e300", "field 'at' must be ISO-8601");
    refused.put("\"id\":\"e1\",\"at\":\"today\"", "field 'at' must be ISO-8601");
    refused.put("\"id\":\"e1\",\"id\":\"e2\"", "names a field twice");
    refused.forEach(
        (fields, problem) ->
            post("/models/late/predict", "{\"events\":[{\"rate\":0.2," + fields + "}]}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(problem)));
    post("/models/late/predict", "{\"events\":[{\"rate\":1e300,\"id\":\"e1\"}]}")
        .statusCode(400)
        .body("detail", containsString("finite numbers by name: rate"));
    Assertions.assertThat(logged).isEmpty();
  }

  @Test
  void idsThatNameNoEventAreProblems() {
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("[\"\"]", "field 'parameters.ids[0]' is empty");
    refused.put("[{}]", "field 'parameters.ids[0]' must be a text");
    refused.put("[true]", "field 'parameters.ids[0]' must be a text");
    refused.put("[null]", "field 'parameters.ids[0]' is missing");
    refused.put("{\"a\":\"e1\"}", "'parameters.ids' must be an array");
    refused.put("[\"e1\",\"e2\"]", "names 1 events");
    refused.forEach(
        (ids, problem) ->
            post(INFER, named(ids)).statusCode(400).body("detail", containsString(problem)));
    post(INFER, named("[17]")).statusCode(200);
    Assertions.assertThat(logged).extracting(Prediction::eventId).containsExactly("17");
  }

  @Test
  void metadataAndHealthFollowTheProtocol() {
    given().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
    given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
    given().get("/v2").then().statusCode(200).body("name", equalTo("weir"));
    given().get("/v2/models/late/ready").then().statusCode(200);
    given()
        .get("/v2/models/late")
        .then()
        .statusCode(200)
        .body("versions", contains("1", "2"))
        .body("inputs[0].shape", contains(-1, 3));
    given().get("/v2/models/late/versions/2").then().statusCode(200);
    given().get("/v2/models/late/versions/9").then().statusCode(404);
    given().get("/v2/models/none").then().statusCode(404).body("error", containsString("none"));
    given()
        .get("/models/late/deployment")
        .then()
        .statusCode(200)
        .body("champion.version", equalTo(1));
    given().get("/q/health/ready").then().statusCode(200);
  }

  private static io.restassured.response.ValidatableResponse post(String path, String body) {
    return given().contentType(ContentType.JSON).body(body).post(path).then();
  }

  private static String named(String ids) {
    return tensor("[1,3]", "[1,2,3]")
        .replace("{\"inputs\"", "{\"parameters\":{\"ids\":" + ids + "},\"inputs\"");
  }

  private static String tensor(String shape, String data) {
    return "{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":"
        + shape
        + ",\"data\":"
        + data
        + "}]}";
  }
}
